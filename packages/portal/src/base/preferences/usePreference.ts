import type { PreferencePart } from '@porthole/protocol';
import { useCallback } from 'react';
import { useConnection } from '../portalContext.ts';
import { useStore } from '../useStore.ts';
import type { PreferenceValues } from './builtIn.ts';

/** A part of what the user prefers, and how to change it: at once here, a moment later in the hub. */
export function usePreference<Part extends PreferencePart>(
  part: Part,
): [PreferenceValues[Part], (value: PreferenceValues[Part]) => void] {
  const { preferences } = useConnection();
  const value = useStore(preferences.follow(part));
  const set = useCallback((next: PreferenceValues[Part]) => preferences.set(part, next), [preferences, part]);
  return [value, set];
}
