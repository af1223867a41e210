import { type Appearance, appearance } from '@porthole/protocol';
import { BUILT_IN } from '../preferences/builtIn.ts';

/** What is needed of `localStorage`, which a browser may also refuse. */
export type AppearanceStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** `public/firstPaint.js` reads it, too. */
const KEY = 'porthole.appearance';

/** How the portal looked last in this browser: what holds until the hub has told what its user likes. Never throws. */
export function keptAppearance(storage: AppearanceStorage): Appearance {
  try {
    const parsed = appearance.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : BUILT_IN.appearance;
  } catch {
    return BUILT_IN.appearance;
  }
}

/** Keeps it for the next time; false when the browser keeps nothing. */
export function keepAppearance(storage: AppearanceStorage, value: Appearance): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
