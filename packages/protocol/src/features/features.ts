import type { FeatureSpec } from './feature.ts';
import { input } from './input.ts';
import { screen } from './screen.ts';
import { stats } from './stats.ts';
import { thumbnail } from './thumbnail.ts';

/** The one table of features. Each has a room of the same name in hub, agent and portal. */
export const FEATURES = { screen, input, stats, thumbnail } as const satisfies Record<string, FeatureSpec>;

export type FeatureName = keyof typeof FEATURES;
export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

/** Features that a person can switch off on a device; all of them today. */
export type Toggles = Record<FeatureName, boolean>;
