import { useEffect, useState } from 'react';

/** Not every browser can hand over the keys that it keeps for itself. */
interface KeyboardLock {
  lock?(): Promise<void>;
  unlock?(): void;
}

export interface FullScreen {
  on: boolean;
  /** Undefined where the browser cannot. */
  toggle: (() => void) | undefined;
}

/**
 * The whole page in full screen, with everything but the screen put away (`data-filling` on the root element). The
 * element is the page's root, because menus and dialogs live outside of the panel. Escape, held, leaves it.
 */
export function useFullScreen(): FullScreen {
  const [on, setOn] = useState(document.fullscreenElement !== null);
  useEffect(() => {
    const root = document.documentElement;
    const changed = () => {
      const filling = document.fullscreenElement !== null;
      root.toggleAttribute('data-filling', filling);
      setOn(filling);
      if (!filling) keyboard()?.unlock?.();
    };
    changed();
    document.addEventListener('fullscreenchange', changed);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
      root.removeAttribute('data-filling');
      if (document.fullscreenElement) void document.exitFullscreen().catch(refused);
    };
  }, []);
  return { on, toggle: document.fullscreenEnabled ? toggle : undefined };
}

function toggle(): void {
  if (document.fullscreenElement) {
    void document.exitFullscreen().catch(refused);
    return;
  }
  void document.documentElement
    .requestFullscreen({ navigationUI: 'hide' })
    .then(() => keyboard()?.lock?.())
    .catch(refused);
}

/** The browser said no, or the person was faster; the page simply stays as it is. */
function refused(): void {
  return;
}

function keyboard(): KeyboardLock | undefined {
  return 'keyboard' in navigator ? (navigator.keyboard as KeyboardLock) : undefined;
}
