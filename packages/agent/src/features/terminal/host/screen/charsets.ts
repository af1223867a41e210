import { type Charset, Emulator } from './emulator.ts';

let known: Map<Charset, string> | undefined;

/** The letter that designates a set of characters; that of ASCII for one that is not known. */
export function designationOf(charset: Charset): string {
  known ??= learn();
  return known.get(charset) ?? 'B';
}

/** The sets have no names: an emulator is told every letter, and asked what it made of it. */
function learn(): Map<Charset, string> {
  const emulator = new Emulator({ columns: 2, rows: 1 });
  const letters = Array.from({ length: 0x7f - 0x30 }, (_, index) => String.fromCharCode(0x30 + index));
  const sets = letters.map((letter): [Charset, string] => {
    emulator.write(`\x1b(B\x1b(${letter}`);
    return [emulator.charset.current, letter];
  });
  emulator.close();
  return new Map<Charset, string>([...sets.reverse(), [undefined, 'B']]);
}
