import type { Capability } from '../capabilities.ts';
import { LIMITS } from '../limits.ts';
import { commands } from './commands.ts';
import type { FeatureSpec } from './feature.ts';
import { files } from './files.ts';
import { input } from './input.ts';
import { power } from './power.ts';
import { screen } from './screen.ts';
import { stats } from './stats.ts';
import { terminal } from './terminal.ts';
import { thumbnail } from './thumbnail.ts';

/** The one table of features. Each has a room of the same name in hub, agent and portal. */
export const FEATURES = {
  screen,
  input,
  stats,
  thumbnail,
  files,
  terminal,
  commands,
  power,
} as const satisfies Record<string, FeatureSpec>;

export type FeatureName = keyof typeof FEATURES;
export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

/** Features that a person can switch off on a device; all of them today. */
export type Toggles = Record<FeatureName, boolean>;
/** Nothing is switched off. */
export const ALL_ON = Object.fromEntries(FEATURE_NAMES.map((name) => [name, true])) as Toggles;

/** Initial byte credit of a channel of this feature, per direction; what its reader may grant back at most. */
export function windowOf(feature: FeatureName): number {
  const spec: FeatureSpec = FEATURES[feature];
  return spec.window ?? LIMITS.reliableWindow;
}

/** The right that a channel of this feature needs. Throws when `params` do not fit its schema. */
export function capabilityFor(feature: FeatureName, params: unknown): Capability {
  const spec: FeatureSpec = FEATURES[feature];
  return spec.capabilityFor?.(params) ?? spec.capability;
}
