import { useEffect, useLayoutEffect, useRef } from 'react';
import { backGuard } from '../../../base/backGuard.ts';
import { type PanelPlace, usePanel } from '../../../base/panelContext.ts';

interface LeaveGuard {
  /** Something would be lost. */
  unsaved: boolean;
  /** The page's address speaks of what is open, so the browser's Back leads away from it. */
  inAddress: boolean;
  /** The browser was to go elsewhere; `go` lets it. */
  ask(go: () => void): void;
}

/** Holds the page, and its place in the browser's history, while something is unsaved. Returns how to let go of both. */
export function useLeaveGuard({ unsaved, inAddress, ask }: LeaveGuard): () => void {
  const panel = usePanel();
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const letGo = useRef<() => void>(undefined);
  // Before the page is painted: whoever reads that all is saved can leave at once.
  useLayoutEffect(() => {
    if (!unsaved) return;
    // The browser asks in its own words.
    const stay = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    const release = backGuard.hold(() => {
      if (!inAddress || !returnTo(panel)) return false;
      latest.current(() => window.history.back());
      return true;
    });
    letGo.current = () => {
      window.removeEventListener('beforeunload', stay);
      release();
    };
    return letGo.current;
  }, [unsaved, inAddress, panel]);
  return () => letGo.current?.();
}

/** Makes the panel's address that of the page again, with where the page was to go one step behind it. */
function returnTo(panel: PanelPlace): boolean {
  if (!panel.active.get() || !panel.shown.get()) return false;
  const { pathname, search, state } = panel.address.get();
  panel.navigate(pathname + search, { state });
  return true;
}
