import { KEYPAD_KEYSYMS, NAMED_KEYSYMS, SIDED_KEYSYMS } from './keysymTable.ts';

/** The part of a DOM `KeyboardEvent` that decides what key it is. */
export interface KeyLike {
  key: string;
  code: string;
  /** 0 standard, 1 left, 2 right, 3 keypad. */
  location: number;
}

const RIGHT = 2;
const KEYPAD = 3;

/**
 * The X11 keysym of a key event: what it means, not where the key lies. 0 when it means nothing that X11 could know; the
 * device then goes by `code`.
 */
export function keysymOf({ key, code, location }: KeyLike): number {
  if (location === KEYPAD) {
    const keysym = own(KEYPAD_KEYSYMS, key);
    if (keysym !== undefined) return keysym;
  }
  const sided = own(SIDED_KEYSYMS, key);
  if (sided) return location === RIGHT || code.endsWith('Right') ? sided[1] : sided[0];
  const named = own(NAMED_KEYSYMS, key);
  if (named !== undefined) return named;
  const functionKey = /^F([1-9]|[12]\d|3[0-5])$/.exec(key);
  if (functionKey) return 0xffbe + Number(functionKey[1]) - 1;
  return keysymOfText(key);
}

/** The keysym of exactly one character; 0 for anything else. Latin-1 stands for itself, the rest by the Unicode rule. */
export function keysymOfText(text: string): number {
  const codePoint = text.codePointAt(0);
  if (codePoint === undefined || String.fromCodePoint(codePoint) !== text) return 0;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return 0;
  if ((codePoint >= 0x20 && codePoint <= 0x7e) || (codePoint >= 0xa0 && codePoint <= 0xff)) return codePoint;
  return codePoint >= 0x100 ? 0x0100_0000 + codePoint : 0;
}

/** Only what the table itself says: a key may be called `constructor`. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Keys that switch a lock. They are not forwarded: what they do is already in the characters that follow. */
export function isLockKey(key: string): boolean {
  return key === 'CapsLock' || key === 'NumLock' || key === 'ScrollLock';
}
