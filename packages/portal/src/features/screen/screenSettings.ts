import { screen, screenWishes } from '@porthole/protocol';
import type { ScreenSettings } from './render/screenNews.ts';

/** Choices that are offered; other values within the protocol's bounds are kept as they are. kB/s, 0 is no cap. */
export const BANDWIDTH_CAPS = [0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] as const;
export const SHRINKS = [1, 2, 3, 4] as const;
export const FPS_RANGE = { min: 1, max: 120 } as const;

export const DEFAULT_SETTINGS: ScreenSettings = { picture: 'auto', maxFps: 60, maxKBps: 0, shrink: 1 };

const { picture, maxFps, maxKBps } = screenWishes.shape;
const { shrink } = screen.params.shape;

/** Settings out of whatever was stored: what is missing or not understood is as it is by default. Never throws. */
export function parseSettings(text: string | null): ScreenSettings {
  const stored = parseObject(text);
  return {
    picture: picture.catch(DEFAULT_SETTINGS.picture).parse(stored.picture),
    maxFps: maxFps.catch(DEFAULT_SETTINGS.maxFps).parse(stored.maxFps),
    maxKBps: maxKBps.catch(DEFAULT_SETTINGS.maxKBps).parse(stored.maxKBps),
    shrink: shrink.catch(DEFAULT_SETTINGS.shrink).parse(stored.shrink),
  };
}

/** What was chosen for this device in this browser. */
export function loadSettings(deviceId: string): ScreenSettings {
  return parseSettings(ifAllowed(() => localStorage.getItem(keyOf(deviceId))));
}

/** Remembers the choice where the browser allows it; elsewhere it holds as long as the page. */
export function saveSettings(deviceId: string, settings: ScreenSettings): void {
  ifAllowed(() => {
    localStorage.setItem(keyOf(deviceId), JSON.stringify(settings));
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

function parseObject(text: string | null): Partial<Record<keyof ScreenSettings, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
