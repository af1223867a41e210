/** Where a shortcut holds. */
export const SHORTCUT_SECTIONS = ['everywhere', 'home', 'files', 'screen', 'terminal'] as const;
export type ShortcutSection = (typeof SHORTCUT_SECTIONS)[number];

/**
 * All shortcuts of the portal but those of terminals, which `texts.terminal.shortcuts` lists. A chord is keys joined by `+`, the
 * modifiers first, in the order ctrl, alt, shift; `ctrl` is Cmd on a Mac. What stands in a room without `run` of its own here is
 * handled by the room, where the focus is.
 */
export const SHORTCUTS = {
  help: { section: 'everywhere', chord: '?' },
  palette: { section: 'everywhere', chord: 'ctrl+k' },
  close: { section: 'everywhere', chord: 'escape' },
  search: { section: 'home', chord: '/' },
  chooseAll: { section: 'home', chord: 'ctrl+a' },
  chooseNone: { section: 'home', chord: 'escape' },
  lift: { section: 'home', chord: 'space' },
  open: { section: 'files', chord: 'enter' },
  up: { section: 'files', chord: 'backspace' },
  rename: { section: 'files', chord: 'f2' },
  remove: { section: 'files', chord: 'delete' },
  removeForEver: { section: 'files', chord: 'shift+delete' },
  copy: { section: 'files', chord: 'ctrl+c' },
  cut: { section: 'files', chord: 'ctrl+x' },
  paste: { section: 'files', chord: 'ctrl+v' },
  chooseFiles: { section: 'files', chord: 'ctrl+a' },
  giveBack: { section: 'screen', chord: 'ctrl+alt+shift' },
} as const satisfies Record<string, { section: ShortcutSection; chord: string }>;

export type ShortcutName = keyof typeof SHORTCUTS;
