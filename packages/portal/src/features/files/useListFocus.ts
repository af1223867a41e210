import { type RefObject, useEffect, useRef } from 'react';

interface ListFocus {
  /** Something else has the keyboard for now: a dialog, a menu, a name that is edited. */
  covered: boolean;
  /** Somebody came here from another folder, and brings the keyboard along. */
  walked: boolean;
}

/** Gives the list the keyboard when somebody walks into it, and again when what covered it is gone. */
export function useListFocus(grid: RefObject<HTMLElement | null>, { covered, walked }: ListFocus): void {
  const isDue = useRef(walked);
  useEffect(() => {
    if (covered) isDue.current = true;
    if (covered || !isDue.current) return;
    // While the keyboard is on its way from one field to another, it is nowhere.
    const timer = setTimeout(() => {
      isDue.current = false;
      if (!isTyping()) grid.current?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [grid, covered]);
}

/** Nobody who types is interrupted. */
function isTyping(): boolean {
  return document.activeElement?.closest('input, textarea, select, [contenteditable=true]') != null;
}
