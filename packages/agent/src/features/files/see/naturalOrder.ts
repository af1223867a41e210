/** A part of some bytes. */
export interface Range {
  bytes: Uint8Array;
  from: number;
  to: number;
}

const ACCENTS = /\p{Mn}/gu;

/** What a name beyond ASCII is ordered by: small letters without accents, as UTF-8. */
export function sortKey(name: string): Buffer {
  return Buffer.from(name.normalize('NFD').replace(ACCENTS, '').toLowerCase());
}

/** Compares two keys as people do: 2 before 10, whatever the case. Negative when `a` comes first; 0 does not mean equal. */
export function compareKeys(a: Range, b: Range): number {
  let [i, j] = [a.from, b.from];
  while (i < a.to && j < b.to) {
    const [x, y] = [a.bytes[i] ?? 0, b.bytes[j] ?? 0];
    if (isDigit(x) && isDigit(y)) {
      const [left, right] = [numberAt(a, i), numberAt(b, j)];
      const difference = compareNumbers(left, right);
      if (difference !== 0) return difference;
      [i, j] = [left.to, right.to];
    } else {
      const difference = foldCase(x) - foldCase(y);
      if (difference !== 0) return difference;
      i++;
      j++;
    }
  }
  return a.to - i - (b.to - j);
}

/** The digits of a number without the zeros before it. */
function numberAt({ bytes, to: end }: Range, start: number): Range {
  let from = start;
  while (from < end && bytes[from] === 0x30) from++;
  let to = from;
  while (to < end && isDigit(bytes[to] ?? 0)) to++;
  return { bytes, from, to };
}

function compareNumbers(a: Range, b: Range): number {
  const lengths = a.to - a.from - (b.to - b.from);
  for (let at = 0; lengths === 0 && a.from + at < a.to; at++) {
    const difference = (a.bytes[a.from + at] ?? 0) - (b.bytes[b.from + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return lengths;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function foldCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}
