/// <reference path="./x11.d.ts" />
import x11 from 'x11';

/** Keysyms that the code names. */
export const Keysym = {
  tab: 0xff09,
  return: 0xff0d,
  backspace: 0xff08,
  escape: 0xff1b,
  modeSwitch: 0xff7e,
  numLock: 0xff7f,
  shiftL: 0xffe1,
  shiftR: 0xffe2,
  level3Shift: 0xfe03,
  level5Shift: 0xfe11,
} as const;

const UNICODE = 0x0100_0000;
const legacy = readLegacy();

/** Character sets of the time before Unicode keysyms (0x100 to 0x20ff), read from the names of the library's table. */
function readLegacy(): Map<number, number> {
  const table = new Map<number, number>();
  for (const { code, description } of Object.values(x11.keySyms)) {
    const [, character] = /^\((.)\)/u.exec(description ?? '') ?? [];
    const point = character?.codePointAt(0);
    if (point !== undefined && code >= 0x100 && code < 0x2100) table.set(code, point);
  }
  return table;
}

/** The code point that a keysym types, or undefined for keys that type none (arrows, Shift, dead keys, the keypad). */
export function keysymToCodePoint(keysym: number): number | undefined {
  if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff)) return keysym;
  if (keysym >= UNICODE + 0x20 && keysym <= UNICODE + 0x10_ffff) return keysym - UNICODE;
  return legacy.get(keysym);
}

/** The keysym that types a code point. Newline is Return, tab is Tab; other control characters have none. */
export function codePointToKeysym(point: number): number | undefined {
  if (point === 0x0a || point === 0x0d) return Keysym.return;
  if (point === 0x09) return Keysym.tab;
  if (point < 0x20 || (point >= 0x7f && point < 0xa0) || point > 0x10_ffff) return undefined;
  return point < 0x100 ? point : UNICODE + point;
}

/** One name for all keysyms of a character: its Unicode keysym; any other keysym stands for itself. */
export function canonicalKeysym(keysym: number): number {
  const point = keysymToCodePoint(keysym);
  return point === undefined ? keysym : UNICODE + point;
}

/** What toolkits make of a keysym while CapsLock is on and the key does not deal with it itself. */
export function upperKeysym(keysym: number): number {
  const point = keysymToCodePoint(keysym);
  if (point === undefined) return keysym;
  const upper = String.fromCodePoint(point).toUpperCase();
  const upperPoint = upper.codePointAt(0);
  // Only one to one: ß stays ß.
  if (upperPoint === undefined || [...upper].length !== 1 || upperPoint === point) return keysym;
  return UNICODE + upperPoint;
}
