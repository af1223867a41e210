/** The value below which `share` (0 to 1) of the values lie, by the nearest rank; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * The middle of the values: of an even number, the mean of the middle two; NaN of none. NaN, which stands for what never
 * came about, counts as larger than all.
 */
export function median(values: readonly number[]): number {
  const missing = values.filter(Number.isNaN);
  const sorted = [...values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b), ...missing];
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]];
  return (low + high) / 2;
}

/** Of several runs, the median of every figure by itself. */
export function medianOf<Figures extends Record<string, number>>(runs: readonly Figures[]): Figures {
  const names = new Set(runs.flatMap((run) => Object.keys(run)));
  return Object.fromEntries(
    [...names].map((name) => [name, median(runs.map((run) => run[name] ?? Number.NaN))]),
  ) as Figures;
}
