import type { BigIntStats } from 'node:fs';

type State = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs'>;

/** Odd, and without a pattern: multiplying by it spreads each number over the upper bits. */
const SPREAD = 0x9e37_79b9_7f4a_7c15n;

/** Which files were copied, each in the state that it was in then: 53 bits of each, as there may be a million of them. */
export class CopiedFiles {
  readonly #keys = new Set<number>();

  add(state: State): void {
    this.#keys.add(keyOf(state));
  }

  /** False for one that was not copied, or is not as it was. */
  has(state: State): boolean {
    return this.#keys.has(keyOf(state));
  }
}

function keyOf({ dev, ino, size, mtimeNs }: State): number {
  let key = 0n;
  for (const part of [dev, ino, size, mtimeNs]) key = BigInt.asUintN(64, (key ^ part) * SPREAD);
  return Number(key >> 11n);
}
