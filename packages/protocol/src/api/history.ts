import * as z from 'zod';
import { topProcess } from '../features/stats.ts';

/** Figures of which the hub keeps a history. Shares are 0..1, amounts bytes, rates bytes per second, temperature °C. */
export const HISTORY_SERIES = [
  'cpu',
  'load',
  'memory',
  'swap',
  'disk',
  'read',
  'written',
  'received',
  'sent',
  'temperature',
  'gpu',
  'battery',
] as const;
export type HistorySeries = (typeof HISTORY_SERIES)[number];

/** One figure over time: the mean and the highest of each step; null where nothing is known. */
const series = z.strictObject({
  mean: z.array(z.number().nullable()).max(2_000),
  high: z.array(z.number().nullable()).max(2_000),
});

/**
 * What was, from `from` in steps of `step` ms, by the hub's clock. A figure that the device never had is left out; one that is
 * missing for a while (the device was off, or sent nothing) is null there.
 */
export const history = z.strictObject({
  from: z.number(),
  step: z.number().positive(),
  series: z.partialRecord(z.enum(HISTORY_SERIES), series),
});
export type History = z.infer<typeof history>;

/** At most `points` steps between `from` and `to`; the hub chooses how fine. Query strings, so numbers as text. */
export const askHistory = z.strictObject({
  from: z.coerce.number().int().nonnegative(),
  to: z.coerce.number().int().positive(),
  points: z.coerce.number().int().min(10).max(2_000).default(600),
});

/** What was busiest and largest around a moment; `at` is when, null when nothing is known of it. */
export const historyTop = z.strictObject({ at: z.number().nullable(), top: z.array(topProcess).max(20) });
export type HistoryTop = z.infer<typeof historyTop>;

/** How long each fineness is kept, in ms: as it came, by minute, by quarter of an hour, by hour. */
export const retention = z.strictObject({
  rawMs: z.number().int().min(600_000).max(86_400_000),
  minuteMs: z.number().int().min(3_600_000).max(7_776_000_000),
  quarterMs: z.number().int().min(86_400_000).max(31_622_400_000),
  hourMs: z.number().int().min(86_400_000).max(316_224_000_000),
});
export type Retention = z.infer<typeof retention>;
export const DEFAULT_RETENTION: Retention = {
  rawMs: 3_600_000,
  minuteMs: 2 * 86_400_000,
  quarterMs: 30 * 86_400_000,
  hourMs: 366 * 86_400_000,
};
