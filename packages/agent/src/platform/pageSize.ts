import { readFileSync } from 'node:fs';

/** What most systems have. */
const USUAL = 4_096;
const AT_PAGESZ = 6n;
const ENTRY = 16;

let known: number | undefined;

/** Bytes of a page of memory, in which Linux counts what a process holds. */
export function pageSize(): number {
  known ??= read();
  return known;
}

/** The kernel tells each program, in pairs of 64 bits. */
function read(): number {
  try {
    const pairs = readFileSync('/proc/self/auxv');
    for (let at = 0; at + ENTRY <= pairs.length; at += ENTRY) {
      if (pairs.readBigUInt64LE(at) === AT_PAGESZ) return Number(pairs.readBigUInt64LE(at + 8));
    }
    return USUAL;
  } catch {
    return USUAL;
  }
}
