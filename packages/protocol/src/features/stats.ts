import * as z from 'zod';
import type { FeatureSpec } from './feature.ts';

/** Load of a device at one moment. `cpu` is 0..1 over all cores since the sample before; memory in bytes; `at` ms since 1970 on the device. */
export const statsSample = z.strictObject({
  at: z.number().nonnegative(),
  cpu: z.number().min(0).max(1),
  memory: z.strictObject({ used: z.number().nonnegative(), total: z.number().nonnegative() }),
});
export type StatsSample = z.infer<typeof statsSample>;

/** Agent to hub: one JSON `statsSample` per message, then one every `intervalMs`. */
export const stats = {
  capability: 'stats',
  delivery: 'lossy',
  link: 'interactive',
  params: z.strictObject({ intervalMs: z.number().int().min(500).max(600_000) }),
} as const satisfies FeatureSpec;
export type StatsParams = z.infer<typeof stats.params>;
