import {
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_TERMINAL_SETTINGS,
  type Description,
  description,
  FEATURE_NAMES,
  type FeatureName,
  type ScreenSettings,
  type StatsSample,
  screenSettings,
  statsSample,
  type TerminalSettings,
  type Toggles,
  terminalSettings,
} from '@porthole/protocol';

/** What the hub keeps of a device. Times in ms since 1970 by the hub's clock. */
export interface DeviceRecord {
  id: string;
  /** Raw Ed25519 key as base64url. */
  publicKey: string;
  name: string;
  description: Description;
  toggles: Toggles;
  screenSettings: ScreenSettings;
  terminalSettings: TerminalSettings;
  stats: StatsSample | null;
  thumbnail: { version: string; width: number; height: number; at: number } | null;
  lastSeen: number;
  createdAt: number;
}

/** A row of devices joined with its thumbnail, as the table holds it. */
export interface DeviceRow {
  id: string;
  publicKey: string;
  name: string;
  description: string;
  toggles: string;
  screenSettings: string | null;
  terminalSettings: string | null;
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
    description: storedDescription(row.description),
    toggles: storedToggles(row.toggles),
    screenSettings: storedScreenSettings(row.screenSettings),
    terminalSettings: storedTerminalSettings(row.terminalSettings),
    stats: storedStats(row.stats),
    thumbnail: hasThumbnail ? { version, width, height, at } : null,
  };
}

function storedDescription(text: string): Description {
  const parsed = description.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : { hostname: '', system: '', architecture: '', version: '' };
}

function storedStats(text: string | null): StatsSample | null {
  const parsed = text === null ? undefined : statsSample.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : null;
}

function storedToggles(text: string): Toggles {
  const stored: Partial<Record<FeatureName, unknown>> = JSON.parse(text);
  const entries = FEATURE_NAMES.map((name) => [name, stored[name] !== false]);
  return Object.fromEntries(entries) as Toggles;
}

function storedScreenSettings(text: string | null): ScreenSettings {
  const parsed = text === null ? undefined : screenSettings.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : DEFAULT_SCREEN_SETTINGS;
}

function storedTerminalSettings(text: string | null): TerminalSettings {
  const parsed = text === null ? undefined : terminalSettings.safeParse(JSON.parse(text));
  return parsed?.success ? parsed.data : DEFAULT_TERMINAL_SETTINGS;
}
