import { texts } from '../../base/texts.ts';

/** The keys of a chord as they stand on the keyboard, in order: `ctrl+k` is `Ctrl` and `K`. */
export function wordsOfChord(chord: string): string[] {
  const names: Readonly<Record<string, string>> = texts.shortcuts.keys;
  return chord.split('+').map((key) => names[key] ?? key.toUpperCase());
}
