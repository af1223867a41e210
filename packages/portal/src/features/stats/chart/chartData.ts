import type { History, HistorySeries } from '@porthole/protocol';

/** A figure at one step: null where nothing is known, undefined between two steps that belong together. */
export type Value = number | null | undefined;

/** Mean and highest of each step. */
export interface Band {
  mean: Value[];
  high: Value[];
}

/** Figures over time, column by column; `at` in ms since 1970, ascending. All columns are as long as `at`. */
export interface ChartData {
  at: number[];
  series: Partial<Record<HistorySeries, Band>>;
}

/** What was measured at one moment. */
export interface LivePoint {
  at: number;
  values: Partial<Record<HistorySeries, number>>;
}

export const NO_DATA: ChartData = { at: [], series: {} };

/** Steps that a sample may miss by being a little late: no gap. */
const MISSED_STEPS = 2;

/** The hub's answer as columns. `readAt` is when that was: the last step is not over then. */
export function fromHistory(history: History, readAt: number): ChartData {
  const bands = seriesOf(history.series);
  const count = Math.max(0, ...bands.map(([, band]) => band.mean.length));
  return {
    at: Array.from({ length: count }, (_, index) => Math.min(readAt, history.from + (index + 0.5) * history.step)),
    series: Object.fromEntries(
      bands.map(([name, { mean, high }]) => [name, { mean: bridge(mean), high: bridge(high) }]),
    ),
  };
}

/** Nulls between two values become undefined where they are so few that nothing was missing. */
export function bridge(values: readonly Value[]): Value[] {
  const bridged = [...values];
  let last = -1;
  for (const [index, value] of values.entries()) {
    if (value === null || value === undefined) continue;
    if (last >= 0 && index - last - 1 <= MISSED_STEPS) bridged.fill(undefined, last + 1, index);
    last = index;
  }
  return bridged;
}

interface Merge {
  /** Live points are gathered in steps so long, in ms. */
  step: number;
  /** Two steps further apart have a gap between them. */
  gapMs: number;
  /** The same between what was recorded, which may be rarer, and what came in. */
  joinMs: number;
}

/** What was recorded, and after it what came in since. */
export function appendLive(recorded: ChartData, live: readonly LivePoint[], { step, gapMs, joinMs }: Merge): ChartData {
  const kept = lastKnown(recorded) + 1;
  const after = kept > 0 ? (recorded.at[kept - 1] ?? 0) + step / 2 : Number.NEGATIVE_INFINITY;
  const added = gather(
    live.filter((point) => point.at > after),
    step,
  );
  if (added.length === 0) return recorded;
  const end = kept > 0 ? recorded.at[kept - 1] : undefined;
  const first = added[0]?.at ?? 0;
  const isApart = end !== undefined && first - end > joinMs;
  const rows = [...(isApart ? [emptyRow(end, first)] : []), ...withGaps(added, gapMs)];
  const names = new Set(
    [...seriesOf(recorded.series), ...added.flatMap((row) => seriesOf(row.values))].map(([n]) => n),
  );
  const columns = [...names].map((name) => {
    const before = recorded.series[name];
    const column = (part: keyof Band) => [
      ...(before?.[part].slice(0, kept) ?? new Array<Value>(kept).fill(null)),
      ...rows.map((row) => row.values[name]?.[part] ?? null),
    ];
    return [name, { mean: column('mean'), high: column('high') }] as const;
  });
  return { at: [...recorded.at.slice(0, kept), ...rows.map((row) => row.at)], series: Object.fromEntries(columns) };
}

/** One step of gathered points. */
interface Row {
  at: number;
  values: Partial<Record<HistorySeries, { mean: number; high: number }>>;
}

/** What has been added up of one step. */
interface Sums {
  at: number;
  count: number;
  figures: Map<HistorySeries, { sum: number; count: number; high: number }>;
}

/** Mean and highest of the points of each step; a step without points is not there. */
export function gather(points: readonly LivePoint[], step: number): Row[] {
  const steps = new Map<number, Sums>();
  for (const point of points) {
    const index = Math.floor(point.at / step);
    const sums = steps.get(index) ?? { at: 0, count: 0, figures: new Map() };
    steps.set(index, sums);
    add(sums, point);
  }
  return [...steps.values()].map(({ at, count, figures }) => ({
    at: at / count,
    values: Object.fromEntries(
      [...figures].map(([name, figure]) => [name, { mean: figure.sum / figure.count, high: figure.high }]),
    ),
  }));
}

function add(sums: Sums, { at, values }: LivePoint): void {
  sums.at += at;
  sums.count += 1;
  for (const [name, value] of seriesOf(values)) {
    const figure = sums.figures.get(name);
    if (!figure) sums.figures.set(name, { sum: value, count: 1, high: value });
    else {
      figure.sum += value;
      figure.count += 1;
      figure.high = Math.max(figure.high, value);
    }
  }
}

/** A row without values wherever two are too far apart. */
function withGaps(rows: readonly Row[], gapMs: number): Row[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    return before && row.at - before.at > gapMs ? [emptyRow(before.at, row.at), row] : [row];
  });
}

/** Between two moments. */
function emptyRow(from: number, to: number): Row {
  return { at: (from + to) / 2, values: {} };
}

/** Index of the last step of which anything is known; -1 when nothing is. */
function lastKnown({ at, series }: ChartData): number {
  const bands = seriesOf(series);
  for (let index = at.length - 1; index >= 0; index -= 1) {
    if (bands.some(([, { mean }]) => typeof mean[index] === 'number')) return index;
  }
  return -1;
}

/** Index of the step nearest to `at` of which `known` says that it counts; undefined when there is none. */
export function nearest(times: readonly number[], at: number, known: (index: number) => boolean): number | undefined {
  let best: number | undefined;
  for (const [index, time] of times.entries()) {
    if (!known(index)) continue;
    if (best === undefined || Math.abs(time - at) < Math.abs((times[best] ?? 0) - at)) best = index;
  }
  return best;
}

/** The entries of what has a value by series. */
function seriesOf<T>(values: Partial<Record<HistorySeries, T>>): [HistorySeries, T][] {
  const entries = Object.entries(values) as [HistorySeries, T | undefined][];
  return entries.filter((entry): entry is [HistorySeries, T] => entry[1] !== undefined);
}
