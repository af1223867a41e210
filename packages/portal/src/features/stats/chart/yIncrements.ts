import type { ChartUnit } from './chartSpecs.ts';

/** Distances between the lines of a chart: round in the units in which its figures are written. */
export function yIncrements(unit: ChartUnit): number[] {
  if (unit === 'share') return [0.1, 0.25, 0.5, 1];
  if (unit === 'memory') return Array.from({ length: 54 }, (_, power) => 2 ** power);
  return Array.from({ length: 18 }, (_, power) => [1, 2, 5].map((first) => first * 10 ** (power - 2))).flat();
}
