import { remembered } from '../../remembered.ts';
import type { SystemFiles } from './systemFiles.ts';

/** Asking every core wakes it: not more often than this, in ms. */
const FRESH_MS = 2_000;
const CPUS = 'sys/devices/system/cpu';

/** What each core runs at, in MHz, by the number of the core; those that do not tell are left out. */
export function frequencies(files: SystemFiles): () => Promise<ReadonlyMap<number, number>> {
  return remembered(FRESH_MS, async () => {
    const cores = files.list(CPUS).flatMap((name) => (/^cpu\d+$/.test(name) ? [Number(name.slice(3))] : []));
    const found = new Map<number, number>();
    for (const core of cores) {
      const kilohertz = await files.number(`${CPUS}/cpu${core}/cpufreq/scaling_cur_freq`);
      // Where the first has no such file, none has.
      if (kilohertz === undefined) break;
      found.set(core, kilohertz / 1_000);
    }
    return found.size > 0 ? found : parseFrequencies((await files.read('proc/cpuinfo')) ?? '');
  });
}

/** The lines `processor` and `cpu MHz` of `/proc/cpuinfo`. */
export function parseFrequencies(text: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const block of text.split(/\n\n+/)) {
    const [, core] = /^processor\s*:\s*(\d+)$/m.exec(block) ?? [];
    const [, mhz] = /^cpu MHz\s*:\s*([\d.]+)$/m.exec(block) ?? [];
    if (core !== undefined && mhz !== undefined) found.set(Number(core), Number(mhz));
  }
  return found;
}
