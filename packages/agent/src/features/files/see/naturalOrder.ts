const ZERO = 0x30;
const ACCENTS = /\p{Mn}/gu;

/** What a name beyond ASCII is ordered by: small letters without accents, as UTF-8. */
export function sortKey(name: string): Buffer {
  return Buffer.from(name.normalize('NFD').replace(ACCENTS, '').toLowerCase());
}

/**
 * Compares the key at `i` of `a` with the one at `j` of `b` as people do: 2 before 10, whatever the case. Both end with a
 * byte of 0. Negative when that of `a` comes first; 0 does not mean equal.
 */
export function compareKeys(a: Uint8Array, i: number, b: Uint8Array, j: number): number {
  for (; ; i++, j++) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (isDigit(x) && isDigit(y)) {
      // Zeros in front say nothing; of two numbers the one with more digits is larger, and then the first that differs counts.
      while (a[i] === ZERO) i++;
      while (b[j] === ZERO) j++;
      let first = 0;
      for (; isDigit(a[i] ?? 0) && isDigit(b[j] ?? 0); i++, j++) first ||= (a[i] ?? 0) - (b[j] ?? 0);
      const longer = Number(isDigit(a[i] ?? 0)) - Number(isDigit(b[j] ?? 0));
      if (longer !== 0 || first !== 0) return longer || first;
    }
    const difference = foldCase(a[i] ?? 0) - foldCase(b[j] ?? 0);
    if (difference !== 0 || (a[i] ?? 0) === 0) return difference;
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}

function foldCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}
