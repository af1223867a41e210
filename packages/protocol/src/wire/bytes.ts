/** Thrown by `ByteReader` when a message is shorter, longer or larger than it may be. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true });
const utf8Encoder = new TextEncoder();

/** Reads a binary message front to back; every read is bounded and leftover bytes are an error (`end()`). Big endian. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.byteLength - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  /** A finite double; NaN and infinities are refused. */
  f64(): number {
    const value = this.#view.getFloat64(this.#advance(8));
    if (!Number.isFinite(value)) throw new WireError('not a finite number');
    return value;
  }

  /** A view (not a copy) of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** All that is left, as valid UTF-8 of at most `max` bytes. */
  text(length: number, max: number): string {
    if (length > max) throw new WireError(`text of ${length} bytes, at most ${max} allowed`);
    try {
      return utf8Decoder.decode(this.bytes(length));
    } catch (error) {
      if (error instanceof WireError) throw error;
      throw new WireError('text is not UTF-8');
    }
  }

  end(): void {
    if (this.remaining !== 0) throw new WireError(`${this.remaining} bytes left over`);
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (length < 0 || length > this.remaining) throw new WireError(`${length} bytes wanted, ${this.remaining} left`);
    this.#offset = start + length;
    return start;
  }
}

/** Writes a binary message of a size known up front. Big endian. */
export class ByteWriter {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  u8(value: number): this {
    this.#view.setUint8(this.#advance(1), value);
    return this;
  }

  u16(value: number): this {
    this.#view.setUint16(this.#advance(2), value);
    return this;
  }

  i16(value: number): this {
    this.#view.setInt16(this.#advance(2), value);
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#advance(4), value);
    return this;
  }

  f64(value: number): this {
    this.#view.setFloat64(this.#advance(8), value);
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.#advance(bytes.byteLength));
    return this;
  }

  #advance(length: number): number {
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return utf8Encoder.encode(text);
}
