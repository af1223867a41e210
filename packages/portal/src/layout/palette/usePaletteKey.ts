import { useEffect } from 'react';
import { useShortcut } from '../../base/shortcuts/useShortcut.ts';
import { closePalette, openPalette, paletteState } from './paletteState.ts';

/**
 * Ctrl-K, or Cmd-K, opens the palette. A screen or a terminal that has the keyboard keeps every key: the reserved chord
 * gives it back first.
 */
export function usePaletteKey(): void {
  useShortcut('palette', () => {
    if (paletteState.get().open) closePalette();
    else if (!document.querySelector('dialog[open]')) openPalette();
  });
  useEffect(() => closePalette, []);
}
