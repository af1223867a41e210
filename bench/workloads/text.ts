/** A line of 40 to 160 characters, as a build log has; the same number gives the same line. */
export function lineOf(number: number): string {
  let state = number * 2_654_435_761;
  const next = (range: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % range;
  };
  const words = Array.from({ length: 6 + next(14) }, () => (next(0xffffff) + 0x1000).toString(36 - next(20)));
  return `[${String(number).padStart(6, '0')}] ${words.join(' ')}`.slice(0, 160);
}
