/** A box of ISO media: four letters and what is in it. */
export interface Box {
  type: string;
  body: Buffer;
}

/** The boxes that stand one after the other in `bytes`; the last one may be cut. */
export function* boxesIn(bytes: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= bytes.byteLength; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const short = bytes.readUInt32BE(at);
    const head = short === 1 ? 16 : 8;
    if (at + head > bytes.byteLength) return;
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || bytes.byteLength - at;
    if (size < head) return;
    yield { type, body: bytes.subarray(at + head, at + size) };
    at += size;
  }
}

/** The first box of a type; empty when there is none. */
export function boxIn(bytes: Buffer, type: string): Buffer {
  for (const box of boxesIn(bytes)) if (box.type === type) return box.body;
  return Buffer.alloc(0);
}

/** Reads numbers one after the other. Throws a `RangeError` beyond the end. */
export class BoxReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** An unsigned number of 0 to 6 bytes, or of 8 of which the first two are nought. */
  number(bytes: number): number {
    if (bytes === 0) return 0;
    const from = bytes > 6 ? this.#at + bytes - 6 : this.#at;
    const value = this.#bytes.readUIntBE(from, Math.min(bytes, 6));
    this.#at += bytes;
    return value;
  }

  /** Version and flags, which begin many boxes. */
  version(): { version: number; flags: number } {
    return { version: this.number(1), flags: this.number(3) };
  }

  rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }
}
