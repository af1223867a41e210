import { HISTORY_SERIES, type HistorySeries, type StatsSample } from '@porthole/protocol';

/** Figures in the order of `HISTORY_SERIES`; NaN where the device told nothing. */
export type Values = readonly number[];

/** Beyond it a number is nonsense, and would not fit what it is kept in. */
const MAX = 1e30;

const READ: Record<HistorySeries, (sample: StatsSample) => number | undefined> = {
  cpu: ({ cpu }) => cpu,
  load: ({ load }) => load,
  memory: ({ memory }) => memory.used,
  swap: ({ swap }) => swap?.used,
  disk: ({ disk }) => disk?.used,
  read: ({ io }) => io?.read,
  written: ({ io }) => io?.written,
  received: ({ network }) => network?.received,
  sent: ({ network }) => network?.sent,
  temperature: ({ temperature }) => temperature,
  gpu: ({ gpu }) => gpu,
  battery: ({ battery }) => battery?.charge,
};
const READERS = HISTORY_SERIES.map((name) => READ[name]);

/** The figures of a sample of which a history is kept. */
export function sampleValues(sample: StatsSample): Values {
  return READERS.map((read) => Math.min(read(sample) ?? Number.NaN, MAX));
}
