import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { writeAll } from '../change/newFile.ts';
import { hashFile } from '../hashFile.ts';

/** Hashes of uploads in the making that are kept between two writes. */
const MAX_KEPT = 256;

/** What was hashed of an upload so far. */
export interface Hashed {
  hash: Hash;
  bytes: number;
}

/** Hashes of uploads that are not complete yet, so that going on need not read what is there again. */
export class HashesSoFar {
  readonly #kept = new Map<string, Hashed>();

  /** Takes the hash over exactly the first `bytes`, if it was kept. */
  take(id: string, bytes: number): Hashed | undefined {
    const hashed = this.#kept.get(id);
    this.#kept.delete(id);
    return hashed?.bytes === bytes ? hashed : undefined;
  }

  keep(id: string, hashed: Hashed): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(id, hashed);
  }

  drop(id: string): void {
    this.#kept.delete(id);
  }
}

/** The hash over the first `bytes` of a file, to be gone on with. */
export async function hashSoFar(handle: FileHandle, bytes: number, signal: AbortSignal): Promise<Hashed> {
  if (bytes === 0) return { hash: createHash('sha256'), bytes };
  return { hash: await hashFile(handle, { length: bytes, signal }), bytes };
}

/** Writes pieces at the end, and hashes them meanwhile. Resolves to where the end is then. */
export async function receivePieces(
  handle: FileHandle,
  pieces: readonly Uint8Array[],
  at: number,
  hashed: Hashed | undefined,
): Promise<number> {
  const end = at + lengthOf(pieces);
  const writing = writeAll(handle, pieces, at);
  if (hashed) {
    for (const piece of pieces) hashed.hash.update(piece);
    // Should writing fail half way, the hash is good for nothing.
    hashed.bytes = Number.NaN;
  }
  await writing;
  if (hashed) hashed.bytes = end;
  return end;
}

/** Bytes of all of them. */
export function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
