/** What follows the introducer of an answer that is allowed. */
const ALLOWED = /^(?:[?>][\d;]*c|0n|\??\d+;\d+R|\??\d+;\d\$y)$/;
const INTRODUCER = '\x1b[';

/**
 * Whether the emulator may say this to a program that asks: what it is, that it is well, where the cursor is, and whether a
 * mode is on. All else could be made to say what somebody else wants typed.
 */
export function isAllowedAnswer(text: string): boolean {
  return text.length <= 64 && text.startsWith(INTRODUCER) && ALLOWED.test(text.slice(INTRODUCER.length));
}
