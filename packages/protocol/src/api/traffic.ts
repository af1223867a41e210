import * as z from 'zod';
import { FEATURE_NAMES, type FeatureName } from '../features/features.ts';

const perFeature = z.partialRecord(z.enum(FEATURE_NAMES as [FeatureName, ...FeatureName[]]), z.number().nonnegative());

/** What a device sends, by feature, as counted where it arrives. */
export const traffic = z.strictObject({
  /** Bytes per second, over the last seconds. */
  now: perFeature,
  /** Bytes since midnight by the hub's clock. */
  today: perFeature,
  /** Everything else: heartbeats, what it says of itself. The same two figures. */
  other: z.strictObject({ now: z.number().nonnegative(), today: z.number().nonnegative() }),
});
export type Traffic = z.infer<typeof traffic>;
