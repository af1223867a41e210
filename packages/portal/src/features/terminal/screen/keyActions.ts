/** What a key does in the page instead of going to the program. */
export type KeyAction =
  | 'leave'
  | 'copy'
  | 'paste'
  | 'search'
  | 'larger'
  | 'smaller'
  | 'usualSize'
  | 'splitRight'
  | 'splitDown'
  | 'closePane'
  | 'focusLeft'
  | 'focusRight'
  | 'focusUp'
  | 'focusDown';

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

/** With Ctrl and Shift; with Cmd on a Mac. Programs in a terminal cannot tell them from the same keys without Shift. */
const LETTERS: Readonly<Record<string, KeyAction>> = {
  c: 'copy',
  v: 'paste',
  f: 'search',
  d: 'splitRight',
  e: 'splitDown',
  x: 'closePane',
};
const ARROWS: Readonly<Record<string, KeyAction>> = {
  ArrowLeft: 'focusLeft',
  ArrowRight: 'focusRight',
  ArrowUp: 'focusUp',
  ArrowDown: 'focusDown',
};
const SIZES: Readonly<Record<string, KeyAction>> = { '+': 'larger', '=': 'larger', '-': 'smaller', '0': 'usualSize' };
const MODIFIERS = new Set(['Control', 'Alt', 'Shift', 'AltGraph']);

/**
 * The action of a key; undefined for all that belong to the program, Ctrl-C among them, whatever is selected: an interrupt
 * must always be one. `mac`: Cmd takes the part of Ctrl and Shift. `split`: there are several panes.
 */
export function keyAction(event: Pressed, { mac, split }: { mac: boolean; split: boolean }): KeyAction | undefined {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (ctrlKey && altKey && shiftKey) return MODIFIERS.has(key) ? 'leave' : undefined;
  if (altKey) return undefined;
  if (key === 'Insert' && shiftKey !== ctrlKey && !metaKey) return shiftKey ? 'paste' : 'copy';
  const isOwn = mac ? metaKey && !ctrlKey : ctrlKey && shiftKey && !metaKey;
  const zooms = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey && (!shiftKey || key === '+');
  if (zooms && Object.hasOwn(SIZES, key)) return SIZES[key];
  if (!isOwn) return undefined;
  if (split && Object.hasOwn(ARROWS, key)) return ARROWS[key];
  const letter = key.toLowerCase();
  return Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
}
