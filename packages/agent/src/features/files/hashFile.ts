import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const STEP = 1024 * 1024;

export interface HashRange {
  /** Bytes from the beginning. */
  length: number;
  signal: AbortSignal;
  /** Told after every step, with the bytes hashed so far. */
  progress?: (bytes: number) => void | Promise<void>;
}

/** SHA-256 over the first bytes of an open file, not yet digested; of all there are when it is shorter. Other work goes on between. */
export async function hashFile(handle: FileHandle, { length, signal, progress }: HashRange): Promise<Hash> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(STEP, length)));
  for (let at = 0; at < length; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.byteLength, length - at), at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
    await progress?.(at);
  }
  return hash;
}
