import { useSyncExternalStore } from 'react';
import { Store } from './store.ts';

/** One clock for all relative times of the page: it ticks twice a minute, and only while somebody looks at it. */
const STEP_MS = 30_000;
const now = new Store(Date.now());
let followers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  if (followers++ === 0) timer = setInterval(() => now.set(Date.now()), STEP_MS);
  now.set(Date.now());
  const leave = now.subscribe(listener);
  return () => {
    leave();
    if (--followers === 0) clearInterval(timer);
  };
}

/** The time in ms since 1970, at most half a minute old. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, now.get);
}
