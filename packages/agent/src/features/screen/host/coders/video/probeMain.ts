import { writeSync } from 'node:fs';
import { setPriority } from 'node:os';
import { loadAv } from './av.ts';
import { HARDWARE } from './candidates.ts';
import { isWorking } from './trial.ts';

/** The process that tries the encoders named as arguments and says which is the first that works; see `readProbe`. */

/** Whoever asked is gone by then, in ms. */
const END_MS = 60_000;

setTimeout(() => process.exit(1), END_MS).unref();
setPriority(10);
const av = await loadAv();
for (const name of process.argv.slice(2)) {
  const candidate = HARDWARE.find((known) => known.name === name);
  // Written at once: the next thing that happens may be the end of this process.
  writeSync(1, `try ${name}\n`);
  const works = candidate !== undefined && (await isWorking(av, candidate));
  writeSync(1, `${works ? 'works' : 'fails'} ${name}\n`);
  if (works) break;
}
process.exit(0);
