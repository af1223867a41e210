/** Smaller ones cost less to make than to send back, in bytes. */
export const MIN_POOLED = 128 * 1024;
const MAX_BUFFERS = 16;
/** Two frames of 4K, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Memory of pictures that are painted, for the next ones. Fresh memory costs as much as what is done with it: a video
 * frame of 720p takes 5.5 ms to be decoded and painted with it, and 3 ms without.
 */
export class PixelPool {
  /** The one given last stands last. */
  #free: ArrayBuffer[] = [];

  /** Memory of exactly so many bytes; its content is whatever it was. */
  take(bytes: number): Uint8ClampedArray<ArrayBuffer> {
    const index = this.#free.findLastIndex((buffer) => buffer.byteLength === bytes);
    const [buffer] = index < 0 ? [] : this.#free.splice(index, 1);
    return new Uint8ClampedArray(buffer ?? new ArrayBuffer(bytes));
  }

  /** Takes memory back that nobody uses any more. */
  give(buffers: readonly ArrayBuffer[]): void {
    this.#free.push(...buffers.filter(({ byteLength }) => byteLength >= MIN_POOLED));
    let bytes = this.#free.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (this.#free.length > MAX_BUFFERS || bytes > MAX_BYTES) bytes -= this.#free.shift()?.byteLength ?? 0;
  }

  /** Lets go of all memory. */
  clear(): void {
    this.#free = [];
  }
}
