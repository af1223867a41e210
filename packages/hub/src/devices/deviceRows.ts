import {
  DEFAULT_TERMINAL_SETTINGS,
  type Description,
  type DeviceFacts,
  type DeviceProfile,
  description,
  deviceFacts,
  deviceProfile,
  EMPTY_PROFILE,
  FEATURE_NAMES,
  type FeatureName,
  type ScreenSettings,
  type SendingSettings,
  type StatsSample,
  screenSettings,
  sendingSettings,
  statsSample,
  type TerminalSettings,
  type Toggles,
  terminalSettings,
} from '@porthole/protocol';
import type * as z from 'zod';

/** What people set of a device. Settings that are null are those of all devices. */
export interface Arranged {
  profile: DeviceProfile;
  screenSettings: ScreenSettings | null;
  terminalSettings: TerminalSettings;
  sendingSettings: SendingSettings | null;
}

/** Of a device that nobody arranged yet. */
export const UNARRANGED: Arranged = {
  profile: EMPTY_PROFILE,
  screenSettings: null,
  terminalSettings: DEFAULT_TERMINAL_SETTINGS,
  sendingSettings: null,
};

/** What the hub keeps of a device. Times in ms since 1970 by the hub's clock. */
export interface DeviceRecord extends Arranged {
  id: string;
  /** Raw Ed25519 key as base64url. */
  publicKey: string;
  name: string;
  description: Description;
  toggles: Toggles;
  /** Null until it told. */
  facts: DeviceFacts | null;
  stats: StatsSample | null;
  thumbnail: { version: string; width: number; height: number; at: number } | null;
  lastSeen: number;
  createdAt: number;
}

/** A row of devices joined with what other tables hold of it. */
export interface DeviceRow {
  id: string;
  publicKey: string;
  name: string;
  description: string;
  toggles: string;
  profile: string | null;
  screenSettings: string | null;
  terminalSettings: string | null;
  sendingSettings: string | null;
  facts: string | null;
  stats: string | null;
  lastSeen: number;
  createdAt: number;
  version: string | null;
  width: number | null;
  height: number | null;
  at: number | null;
}

/** What was stored by an older version may lack what came later: features unknown then count as on. */
export function recordOf(row: DeviceRow): DeviceRecord {
  const { id, publicKey, name, lastSeen, createdAt, version, width, height, at } = row;
  const hasThumbnail = version !== null && width !== null && height !== null && at !== null;
  return {
    id,
    publicKey,
    name,
    lastSeen,
    createdAt,
    description: stored(description, row.description) ?? { hostname: '', system: '', architecture: '', version: '' },
    toggles: storedToggles(row.toggles),
    profile: stored(deviceProfile, row.profile) ?? UNARRANGED.profile,
    screenSettings: stored(screenSettings, row.screenSettings),
    terminalSettings: stored(terminalSettings, row.terminalSettings) ?? UNARRANGED.terminalSettings,
    sendingSettings: stored(sendingSettings, row.sendingSettings),
    facts: stored(deviceFacts, row.facts),
    stats: stored(statsSample, row.stats),
    thumbnail: hasThumbnail ? { version, width, height, at } : null,
  };
}

/** Null for what is not there or no longer fits. */
function stored<Value>(schema: z.ZodType<Value>, text: string | null): Value | null {
  const parsed = text === null ? undefined : schema.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : null;
}

function storedToggles(text: string): Toggles {
  const known: Partial<Record<FeatureName, unknown>> = JSON.parse(text);
  const entries = FEATURE_NAMES.map((name) => [name, known[name] !== false]);
  return Object.fromEntries(entries) as Toggles;
}
