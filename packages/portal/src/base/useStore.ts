import { useSyncExternalStore } from 'react';
import type { Readable } from './store.ts';

/** The value of a store, followed. */
export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** A part of a store's value; renders again only when that part changes identity. */
export function useSelected<T, S>(store: Readable<T>, select: (value: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
