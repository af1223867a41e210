import { useEffect, useRef } from 'react';
import { shortcuts } from './shortcuts.ts';
import type { ShortcutName } from './shortcutTable.ts';

/** Answers to a shortcut for as long as the component is on the page and `on` holds. */
export function useShortcut(name: ShortcutName, run: () => void, on = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => (on ? shortcuts.add(name, () => latest.current()) : undefined), [name, on]);
}
