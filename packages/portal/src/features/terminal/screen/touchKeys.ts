/** Keys of the bar below a terminal, in their order. */
export const BAR_KEYS = ['esc', 'tab', 'left', 'down', 'up', 'right'] as const;
export type BarKey = (typeof BAR_KEYS)[number];

/** Modifiers that hold for the next key. */
export interface Held {
  ctrl: boolean;
  alt: boolean;
}

export const NONE_HELD: Held = { ctrl: false, alt: false };

const ARROWS: Readonly<Record<Exclude<BarKey, 'esc' | 'tab'>, string>> = { up: 'A', down: 'B', right: 'C', left: 'D' };

/** What a key of the bar types. `application`: the program asked for the other form of the arrows. */
export function barKeyText(key: BarKey, { ctrl, alt }: Held, application: boolean): string {
  const before = alt ? '\x1b' : '';
  if (key === 'esc') return `${before}\x1b`;
  if (key === 'tab') return `${before}\t`;
  const modifier = 1 + (alt ? 2 : 0) + (ctrl ? 4 : 0);
  if (modifier > 1) return `\x1b[1;${modifier}${ARROWS[key]}`;
  return `\x1b${application ? 'O' : '['}${ARROWS[key]}`;
}

/** What the keyboard typed, with the modifiers that the bar holds. Texts of several characters are words, not keys. */
export function withHeld(text: string, { ctrl, alt }: Held): string {
  if ([...text].length !== 1 || !(ctrl || alt)) return text;
  const key = ctrl ? withCtrl(text) : text;
  return alt ? `\x1b${key}` : key;
}

function withCtrl(character: string): string {
  const code = character.toUpperCase().charCodeAt(0);
  if (code === 0x20) return '\0';
  if (code === 0x3f) return '\x7f';
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : character;
}
