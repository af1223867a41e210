import type { HomeSettings } from '@porthole/protocol';
import { useCallback, useSyncExternalStore } from 'react';
import { usePreference } from '../../base/preferences/usePreference.ts';
import type { ChangeHome } from './homeContext.ts';

const WIDE = '(min-width: 760px)';
export type HomePart = 'homeWide' | 'homeNarrow';

/** How the user likes the home page on a window of this width, how to change that, and under which name it is saved. */
export function useHomeSettings(): { settings: HomeSettings; change: ChangeHome; part: HomePart } {
  const part: HomePart = useMedia(WIDE) ? 'homeWide' : 'homeNarrow';
  const [settings, set] = usePreference(part);
  const change = useCallback((news: Partial<HomeSettings>) => set({ ...settings, ...news }), [set, settings]);
  return { settings, change, part };
}

/** Whether a media query holds, followed. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
