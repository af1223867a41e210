import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../tests/support/eventually.ts';
import { freePort } from '../../tests/support/freePort.ts';
import { Program } from '../../tests/support/program.ts';
import { TempDir } from '../../tests/support/tempDir.ts';
import { runCurl } from '../measure/curl.ts';
import type { FileServer } from './fileServer.ts';
import { frontOf, type NginxPlace, storeOf } from './nginxConfig.ts';

const PROGRAM = '/usr/sbin/nginx';

/** nginx in front of a second one that has the files, with TLS on both ways; uploads are a PUT. */
export const nginx: FileServer = {
  name: 'nginx',
  async start(folder) {
    await using started = new AsyncDisposableStack();
    const temp = started.use(new TempDir());
    const certificate = makeCertificate(temp.path);
    const [front, store] = [await freePort(), await freePort()];
    const run = (name: string, config: (place: NginxPlace) => string, port: number) => {
      const place = { folder: join(temp.path, name), port, ...certificate };
      mkdirSync(place.folder);
      const file = join(place.folder, 'nginx.conf');
      writeFileSync(file, config(place));
      return started.use(new Program(PROGRAM, ['-e', join(place.folder, 'errors'), '-p', place.folder, '-c', file]));
    };
    // What it receives it keeps beside the target: a rename to another drive would copy it all.
    const device = run('store', (place) => storeOf(place, folder), store);
    const relay = run('front', (place) => frontOf(place, store), front);
    const urlOf = (name: string) => `https://127.0.0.1:${front}/${encodeURIComponent(name)}`;
    writeFileSync(join(folder, 'hello'), 'hello');
    await eventually('nginx answers', () => runCurl({ url: urlOf('hello'), args: [] }));
    rmSync(join(folder, 'hello'));
    const running = started.move();
    return {
      relay: relay.pid,
      device: device.pid,
      download: (name) => ({ url: urlOf(name), args: [] }),
      upload: async (name) => ({ url: urlOf(name), args: ['--request', 'PUT'] }),
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  },
};

function makeCertificate(folder: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=localhost', '-days', '2', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...curve, ...names], { stdio: 'pipe' });
  return { certificate, key };
}
