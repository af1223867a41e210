import { type ScreenSettings, screenSettings } from '@porthole/protocol';

/** Choices that are offered; other values within the protocol's bounds are kept as they are. kB/s, 0 is no cap. */
export const BANDWIDTH_CAPS = [0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;
export const SHRINKS = [1, 2, 3, 4] as const;
export const FPS_RANGE = { min: 1, max: 120 } as const;

/** What a person chose for a device; what is left out is as the device has it for everybody. */
export type OwnSettings = Partial<ScreenSettings>;

/** A person's choices out of whatever was stored: what is not understood counts as not chosen. Never throws. */
export function parseOwn(text: string | null): OwnSettings {
  const stored = parseObject(text);
  const names = Object.entries(screenSettings.shape).filter(([name, schema]) => schema.safeParse(stored[name]).success);
  return Object.fromEntries(names.map(([name]) => [name, stored[name]]));
}

/** The settings that differ from those of `other`. */
export function withoutEqual(settings: OwnSettings, other: OwnSettings): OwnSettings {
  const entries = Object.entries(settings).filter(([name, value]) => other[name as keyof ScreenSettings] !== value);
  return Object.fromEntries(entries);
}

/** What was chosen for this device in this browser. */
export function loadOwn(deviceId: string): OwnSettings {
  return parseOwn(ifAllowed(() => localStorage.getItem(keyOf(deviceId))));
}

/** Remembers the choice where the browser allows it; elsewhere it holds as long as the page. */
export function saveOwn(deviceId: string, own: OwnSettings): void {
  ifAllowed(() => {
    localStorage.setItem(keyOf(deviceId), JSON.stringify(own));
    return null;
  });
}

function keyOf(deviceId: string): string {
  return `porthole.screen.${deviceId}`;
}

/** A browser may refuse its storage: forbidden by its owner, or full. */
function ifAllowed(use: () => string | null): string | null {
  try {
    return use();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
