import { useEffect } from 'react';
import type { Store } from '../../base/store.ts';
import { chooseAll, NOTHING, type Selection } from './selection.ts';

/** Ctrl-A chooses everything shown and Escape nothing, unless the keys mean something where they are pressed. */
export function useSelectionKeys(selection: Store<Selection>, shown: () => readonly string[]): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      if (event.key === 'Escape' && selection.get().chosen.size > 0) {
        selection.set(NOTHING);
        event.preventDefault();
      } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        selection.set(chooseAll(shown()));
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [selection, shown]);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input:not([type="checkbox"]), textarea, select, dialog, [role="dialog"], [role="menu"]') !== null
  );
}
