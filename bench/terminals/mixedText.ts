import { closeSync, openSync, writeSync } from 'node:fs';
import { seeded } from '../../tests/support/x11/random.ts';

const LINES = 2_000;
const WORDS =
  'the quick brown fox jumps over lazy dogs Übergröße naïve σήμερα καλημέρα здравствуй мир 漢字 かな交じり 한국어 😀 👩‍👩‍👧 → █▓▒░ 0123456789'.split(
    ' ',
  );
const SHARE_OF_ASCII = 0.7;
const ASCII = 8;

/** Writes at least `bytes` of lines of many scripts, colours in some, between the two marks. Answers the bytes written. */
export function writeMixedText(path: string, bytes: number, marks: { first: string; last: string }): number {
  const block = Buffer.from(blockOf(seeded(5)));
  const file = openSync(path, 'wx');
  let written = 0;
  try {
    written += writeSync(file, `${marks.first}\n`);
    while (written < bytes) written += writeSync(file, block);
    written += writeSync(file, `${marks.last}\n`);
  } finally {
    closeSync(file);
  }
  return written;
}

function blockOf(random: () => number): string {
  const word = () => WORDS[Math.floor(random() * (random() < SHARE_OF_ASCII ? ASCII : WORDS.length))] ?? '';
  const line = () => {
    const words = Array.from({ length: 1 + Math.floor(random() * 12) }, word).join(' ');
    return random() < 0.2 ? `\x1b[${31 + Math.floor(random() * 6)}m${words}\x1b[0m\n` : `${words}\n`;
  };
  return Array.from({ length: LINES }, line).join('');
}
