const format = new Intl.NumberFormat('de-DE');

/** A whole number as German writes it: `12.345`. */
export function count(n: number): string {
  return format.format(n);
}
