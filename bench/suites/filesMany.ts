import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BATCH_TYPE, batchHead, batchResults } from '@porthole/protocol';
import { TempDir } from '../../tests/support/tempDir.ts';
import { seeded } from '../../tests/support/x11/random.ts';
import { PortholeServing } from '../contestants/porthole.ts';
import { filesOf } from '../fileServers/porthole.ts';
import { SshServer } from '../fileServers/ssh.ts';
import { cpuBetween, cpuSeconds } from '../measure/cpu.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Figures, Suite } from './suite.ts';

/** Files of one folder. */
const PER_FOLDER = 100;
const MAX_BYTES = 8_192;
/** As many requests as the portal has under way. */
const AT_ONCE = 2;
/** As many files as the portal puts into one of them. */
const PER_BATCH = 128;

/** A folder of many small files to a device, and with scp to the same machine. */
export const filesMany: Suite = {
  name: 'files-many',
  title: 'A folder of many files of up to 8 KiB, uploaded over loopback',
  async run({ sizes, rounds, say }) {
    using source = new TempDir();
    const names = writeTree(source.path, sizes.files);
    const [ours, scp]: [Figures[], Figures[]] = [[], []];
    for (let round = 1; round <= rounds; round += 1) {
      say(`files-many: round ${round} of ${rounds}`);
      ours.push(await upload(source.path, names));
      scp.push(await copy(source.path, names));
    }
    return [
      { labels: ['Porthole'], figures: medianOf(ours) },
      { labels: ['scp -r'], figures: medianOf(scp) },
    ];
  },
};

/** As the portal does it: in batches, some of them under way at once. */
async function upload(source: string, names: string[]): Promise<Figures> {
  await using serving = await PortholeServing.start('fake');
  using api = await serving.api();
  using target = new TempDir();
  const url = `${await filesOf(api)}/batches`;
  const waiting = batchesOf(names);
  const before = cpuSeconds(serving.processes);
  const start = performance.now();
  const work = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      const body = bodyOf(source, target.path, batch);
      const answer = await api.request('POST', url, { body, headers: { 'content-type': BATCH_TYPE } });
      if (answer.status !== 200) throw new Error(`a batch: ${answer.status}`);
      const { results } = batchResults.parse(answer.json());
      const failed = results.findIndex(({ state }) => state !== 'done');
      if (failed !== -1) throw new Error(`${batch[failed]}: ${results[failed]?.error}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = (performance.now() - start) / 1000;
  const used = cpuBetween(before, cpuSeconds(serving.processes));
  checkTree(target.path, names);
  const cpu = Object.entries(used).map(([name, value]) => [`${name} CPU s`, value]);
  return { seconds, 'files/s': names.length / seconds, ...Object.fromEntries(cpu) };
}

function batchesOf(names: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < names.length; at += PER_BATCH) batches.push(names.slice(at, at + PER_BATCH));
  return batches;
}

function bodyOf(source: string, folder: string, names: readonly string[]): Buffer {
  const contents = names.map((name) => readFileSync(join(source, name)));
  const files = names.map((name, at) => ({ name, size: contents[at]?.byteLength ?? 0, conflict: 'fail' as const }));
  return Buffer.concat([batchHead({ folder, files }), ...contents]);
}

async function copy(source: string, names: string[]): Promise<Figures> {
  await using server = await SshServer.start();
  using target = new TempDir();
  const start = performance.now();
  await server.copyTo(source, join(target.path, 'copy'));
  const seconds = (performance.now() - start) / 1000;
  checkTree(join(target.path, 'copy'), names);
  return { seconds, 'files/s': names.length / seconds };
}

/** Answers the paths of the files below the folder. */
function writeTree(folder: string, count: number): string[] {
  const random = seeded(3);
  return Array.from({ length: count }, (_, number) => {
    const name = `tree/${Math.floor(number / PER_FOLDER)}/file ${number}.txt`;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), Buffer.alloc(1 + Math.floor(random() * MAX_BYTES), `${number} `));
    return name;
  });
}

/** Throws when not everything has arrived. */
function checkTree(folder: string, names: string[]): void {
  const arrived = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (arrived.length !== names.length) throw new Error(`${arrived.length} of ${names.length} files have arrived`);
  rmSync(folder, { recursive: true });
}
