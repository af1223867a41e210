/** XKB names of keys by the DOM's `code`, where the name does not follow from a pattern. */
const NAMED: Record<string, string> = {
  Backquote: 'TLDE',
  Minus: 'AE11',
  Equal: 'AE12',
  BracketLeft: 'AD11',
  BracketRight: 'AD12',
  Semicolon: 'AC10',
  Quote: 'AC11',
  Backslash: 'BKSL',
  Comma: 'AB08',
  Period: 'AB09',
  Slash: 'AB10',
  IntlBackslash: 'LSGT',
  IntlRo: 'AB11',
  IntlYen: 'AE13',
  Escape: 'ESC',
  Backspace: 'BKSP',
  Tab: 'TAB',
  Enter: 'RTRN',
  Space: 'SPCE',
  CapsLock: 'CAPS',
  ShiftLeft: 'LFSH',
  ShiftRight: 'RTSH',
  ControlLeft: 'LCTL',
  ControlRight: 'RCTL',
  AltLeft: 'LALT',
  AltRight: 'RALT',
  MetaLeft: 'LWIN',
  MetaRight: 'RWIN',
  ContextMenu: 'COMP',
  PrintScreen: 'PRSC',
  ScrollLock: 'SCLK',
  Pause: 'PAUS',
  Insert: 'INS',
  Delete: 'DELE',
  Home: 'HOME',
  End: 'END',
  PageUp: 'PGUP',
  PageDown: 'PGDN',
  ArrowUp: 'UP',
  ArrowDown: 'DOWN',
  ArrowLeft: 'LEFT',
  ArrowRight: 'RGHT',
  NumLock: 'NMLK',
  NumpadDivide: 'KPDV',
  NumpadMultiply: 'KPMU',
  NumpadSubtract: 'KPSU',
  NumpadAdd: 'KPAD',
  NumpadEnter: 'KPEN',
  NumpadDecimal: 'KPDL',
  NumpadEqual: 'KPEQ',
  Lang1: 'HNGL',
  Lang2: 'HJCV',
  Convert: 'HENK',
  NonConvert: 'MUHE',
  KanaMode: 'HKTG',
  AudioVolumeMute: 'MUTE',
  AudioVolumeDown: 'VOL-',
  AudioVolumeUp: 'VOL+',
};

/** Letters by row of a US keyboard; the position in the row gives the number of the XKB name. */
const ROWS = { AD: 'QWERTYUIOP', AC: 'ASDFGHJKL', AB: 'ZXCVBNM' } as const;

/** XKB's name of the key that a DOM `code` means (KeyA is AC01), or undefined for codes that no keyboard map names. */
export function xkbKeyName(code: string): string | undefined {
  const [, group, rest = ''] = /^(Key|Digit|Numpad|F)([A-Z]|\d{1,2})$/.exec(code) ?? [];
  if (group === 'Key') return letterName(rest);
  if (group === 'Digit') return `AE${(rest === '0' ? '10' : rest).padStart(2, '0')}`;
  if (group === 'Numpad') return `KP${rest}`;
  if (group === 'F') return `FK${rest.padStart(2, '0')}`;
  return Object.hasOwn(NAMED, code) ? NAMED[code] : undefined;
}

function letterName(letter: string): string | undefined {
  for (const [row, letters] of Object.entries(ROWS)) {
    const index = letters.indexOf(letter);
    if (index >= 0) return row + String(index + 1).padStart(2, '0');
  }
  return undefined;
}
