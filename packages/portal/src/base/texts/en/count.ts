const format = new Intl.NumberFormat('en-GB');

/** A whole number as English writes it: `12,345`. */
export function count(n: number): string {
  return format.format(n);
}
