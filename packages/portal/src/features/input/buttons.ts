/** DOM's `buttons` bits in the order of DOM's `button` numbers: left, middle, right, back, forward. */
const BITS = [1, 4, 2, 8, 16];

export interface ButtonChange {
  button: number;
  down: boolean;
}

/**
 * What changed between two values of `buttons`. Pointer events announce only the first press and the last release as
 * such; what happens in between arrives as a move with another mask. Releases come first.
 */
export function buttonChanges(before: number, after: number): ButtonChange[] {
  return BITS.map((bit, button) => ({ button, was: (before & bit) !== 0, is: (after & bit) !== 0 }))
    .filter(({ was, is }) => was !== is)
    .map(({ button, is }) => ({ button, down: is }))
    .sort((a, b) => Number(a.down) - Number(b.down));
}
