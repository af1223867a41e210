import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** No 0 O 1 I L, which people mix up. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 3;
const GROUP = 4;

/** A code for the first admin: `XXXX-XXXX-XXXX`, 59 bits. Shown to whoever started the hub, kept in memory alone. */
export class SetupCode {
  readonly text: string;

  constructor() {
    const letters = Array.from({ length: GROUPS * GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    this.text = (letters.match(/.{4}/g) ?? []).join('-');
  }

  /** Forgives case, spaces and dashes; takes the same time for every wrong code. */
  matches(attempt: string): boolean {
    return timingSafeEqual(hash(plain(attempt)), hash(plain(this.text)));
  }
}

function plain(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase();
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
