import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LocalAuthority } from '../../base/tls/localAuthority.ts';
import { temporaryFolder } from '../../testing/temporaryFolder.ts';

const POST = fileURLToPath(new URL('./post.ts', import.meta.url));
const run = promisify(execFile);

test('over TLS it is posted to whom the system trusts, under the name that was set, and to nobody else', async (t) => {
  const folder = temporaryFolder(t);
  const authority = await LocalAuthority.open({ dataDir: folder, names: ['hook.lan'] });
  const trusted = join(folder, 'trusted.pem');
  writeFileSync(trusted, authority.certificate);
  let heard = 0;
  const server = createServer(authority.credentials, (request, reply) => {
    heard++;
    request.resume().once('end', () => reply.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  /** From a process of its own: what a system trusts is read once. */
  const post = async (name: string, env: NodeJS.ProcessEnv) => {
    const script = `import { post } from ${JSON.stringify(POST)};
      const options = { resolve: async () => ['127.0.0.1'], timeoutMs: 5_000 };
      console.log(JSON.stringify(await post('https://${name}:${port}/', '{}', options)));`;
    const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    return JSON.parse((await run(process.execPath, node, { env: { ...process.env, ...env } })).stdout);
  };
  const [known, misnamed, unknown] = await Promise.all([
    post('hook.lan', { SSL_CERT_FILE: trusted }),
    post('other.lan', { SSL_CERT_FILE: trusted }),
    post('hook.lan', {}),
  ]);
  assert.deepEqual(known, { ok: true, status: 200 });
  assert.deepEqual([misnamed.ok, unknown.ok, heard], [false, false, 1]);
});
