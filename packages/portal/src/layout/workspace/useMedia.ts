import { useMemo } from 'react';
import type { Readable } from '../../base/store.ts';
import { useStore } from '../../base/useStore.ts';

/** Whether a media query holds, followed. */
export function useMedia(query: string): boolean {
  return useStore(useMemo(() => readableOf(window.matchMedia(query)), [query]));
}

function readableOf(list: MediaQueryList): Readable<boolean> {
  return {
    get: () => list.matches,
    subscribe: (listener) => {
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
  };
}
