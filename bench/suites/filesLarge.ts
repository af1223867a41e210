import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TempDir } from '../../tests/support/tempDir.ts';
import type { FileServer, FileServing } from '../fileServers/fileServer.ts';
import { FILE_SERVERS } from '../fileServers/fileServers.ts';
import { cpuBetween, cpuSeconds } from '../measure/cpu.ts';
import { runCurl } from '../measure/curl.ts';
import { forgetPeak, memoryOf } from '../measure/memory.ts';
import { medianOf } from '../measure/statistics.ts';
import type { Figures, Row, Suite } from './suite.ts';

const SOURCE = 'source.bin';
const COPY = 'copy.bin';
/** After a transfer, until memory is looked at again. */
const REST_MS = 3_000;
/** Before it: heartbeats come every few seconds, and who has heard one knows how far the other is. */
const SETTLE_MS = 10_000;
const WAYS = ['download', 'upload'] as const;
type Way = (typeof WAYS)[number];

/** One large file through relay and device, everything over TLS, the same client for all; each side started afresh. */
export const filesLarge: Suite = {
  name: 'files-large',
  title: 'One large file through a relay, both ways over TLS (memory of the relay in MB)',
  async run(bench) {
    using folder = new TempDir();
    writeRandom(join(folder.path, SOURCE), bench.sizes.megabytes);
    const runs = new Map<string, Figures[]>();
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const server of FILE_SERVERS) {
        bench.say(`files-large: round ${round} of ${bench.rounds}, ${server.name}`);
        for (const way of WAYS) {
          const key = `${way} ${server.name}`;
          runs.set(key, [...(runs.get(key) ?? []), await measure(server, folder.path, way)]);
        }
      }
    }
    return rowsOf(runs);
  },
};

async function measure(server: FileServer, folder: string, way: Way): Promise<Figures> {
  await using serving = await server.start(folder);
  const processes = { relay: serving.relay, device: serving.device };
  await sleep(SETTLE_MS);
  const source = join(folder, SOURCE);
  const { size } = statSync(source);
  const request = way === 'download' ? serving.download(SOURCE) : await serving.upload(COPY, size);
  const args = [...request.args, ...(way === 'upload' ? ['--upload-file', source] : [])];
  forgetPeak(serving.relay);
  const [memory, before] = [memoryOf(serving.relay), cpuSeconds(processes)];
  const seconds = await runCurl({ ...request, args });
  const used = cpuBetween(before, cpuSeconds(processes));
  checkCopy(folder, way, size);
  return {
    'MB/s': size / 1e6 / seconds,
    'relay CPU s': used.relay ?? Number.NaN,
    'device CPU s': used.device ?? Number.NaN,
    ...(await memoryAfter(serving, memory)),
  };
}

async function memoryAfter({ relay }: FileServing, before: number): Promise<Figures> {
  const peak = memoryOf(relay, 'peak');
  await sleep(REST_MS);
  return { before, 'peak +': peak - before, 'after +': memoryOf(relay) - before };
}

/** Throws when what was uploaded has not arrived. */
function checkCopy(folder: string, way: Way, size: number): void {
  if (way === 'download') return;
  const copy = join(folder, COPY);
  if (statSync(copy).size !== size) throw new Error('the copy is of another size');
  rmSync(copy);
}

function rowsOf(runs: Map<string, Figures[]>): Row[] {
  return WAYS.flatMap((way) => {
    const medians = FILE_SERVERS.map(({ name }) => ({ name, figures: medianOf(runs.get(`${way} ${name}`) ?? []) }));
    const nginx = medians.at(-1)?.figures['MB/s'] ?? Number.NaN;
    return medians.map(({ name, figures }) => ({
      labels: [way, name],
      figures: { ...figures, '% of nginx': ((figures['MB/s'] ?? Number.NaN) / nginx) * 100 },
    }));
  });
}

function writeRandom(path: string, megabytes: number): void {
  const file = openSync(path, 'wx');
  const piece = Buffer.alloc(1e6);
  try {
    for (let at = 0; at < megabytes; at += 1) writeSync(file, randomFillSync(piece));
  } finally {
    closeSync(file);
  }
}
