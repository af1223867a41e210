import { MAX_TILE_PIXELS, WireError } from '@porthole/protocol';
import type { DecoderExports } from './exports.ts';
import { compileWasm, growTo, instantiateWasm } from './wasm.ts';

const OPAQUE = 0xff00_0000;
/** What the module may read beyond its input before it notices: the lengths of a block's codes, and two words. */
const SPARE = 1024;
const MAX_COLOURS = 256;

/** Decodes lossless tiles in WebAssembly, in a browser or elsewhere. Not to be used for more than one tile at a time. */
export class PixelDecoder {
  readonly #exports: DecoderExports;
  readonly #colours: number;
  readonly #raw: number;
  readonly #words: number;
  readonly #input: number;

  private constructor(exports: DecoderExports) {
    this.#exports = exports;
    this.#colours = Math.ceil(exports.heapBase() / 64) * 64;
    this.#raw = this.#colours + MAX_COLOURS * 4;
    this.#words = this.#raw + MAX_TILE_PIXELS * 3 + 64;
    this.#input = this.#words + MAX_TILE_PIXELS * 4;
    growTo(exports.memory, this.#input + SPARE);
  }

  /** `module` is the content of `pixels.wasm`. Rejects where the page's policy or the browser does not allow it. */
  static async open(module: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<PixelDecoder> {
    return new PixelDecoder(await instantiateWasm<DecoderExports>(await compileWasm(module)));
  }

  /**
   * Decodes the bytes of a palette tile to RGBA, in memory of its own. Indices beyond the palette show black. Throws
   * `WireError` when the bytes do not make exactly so many pixels.
   */
  palette(bytes: Uint8Array, pixels: number): Uint8ClampedArray<ArrayBuffer> {
    const count = (bytes[0] ?? 0) + 1;
    const start = 1 + count * 3;
    if (bytes.byteLength < start) throw new WireError('palette of wrong size');
    this.#inflate(bytes.subarray(start), checkPixels(pixels));
    this.#setColours(bytes.subarray(1, start));
    this.#exports.paletteToWords(this.#raw, pixels, this.#colours, this.#words);
    return this.#takeWords(pixels);
  }

  /** Decodes the bytes of an rgb tile to RGBA, in memory of its own. Throws `WireError` when they do not make exactly its pixels. */
  rgb(bytes: Uint8Array, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
    const pixels = checkPixels(width * height);
    this.#inflate(bytes, pixels * 3);
    this.#exports.differencesToWords(this.#raw, width, height, this.#words);
    return this.#takeWords(pixels);
  }

  /** Inflates a raw deflate stream of exactly `size` bytes, at most those of a tile. A view, valid until the next call. */
  inflate(bytes: Uint8Array, size: number): Uint8Array {
    this.#inflate(bytes, size);
    return new Uint8Array(this.#buffer, this.#raw, size);
  }

  #inflate(bytes: Uint8Array, size: number): void {
    if (!(Number.isInteger(size) && size >= 0 && size <= MAX_TILE_PIXELS * 3))
      throw new WireError('tile of wrong size');
    growTo(this.#exports.memory, this.#input + bytes.byteLength + SPARE);
    new Uint8Array(this.#buffer, this.#input, bytes.byteLength).set(bytes);
    const done = this.#exports.inflate(this.#input, bytes.byteLength, this.#raw, size);
    if (!done) throw new WireError(`tile cannot be inflated to ${size} bytes`);
  }

  #setColours(rgb: Uint8Array): void {
    const words = new Uint32Array(this.#buffer, this.#colours, MAX_COLOURS).fill(OPAQUE);
    for (let at = 0; at * 3 < rgb.byteLength; at++) {
      const [red = 0, green = 0, blue = 0] = [rgb[at * 3], rgb[at * 3 + 1], rgb[at * 3 + 2]];
      words[at] = OPAQUE | (blue << 16) | (green << 8) | red;
    }
  }

  #takeWords(pixels: number): Uint8ClampedArray<ArrayBuffer> {
    return new Uint8ClampedArray(this.#buffer.slice(this.#words, this.#words + pixels * 4));
  }

  get #buffer(): ArrayBuffer {
    return this.#exports.memory.buffer;
  }
}

function checkPixels(pixels: number): number {
  if (Number.isInteger(pixels) && pixels > 0 && pixels <= MAX_TILE_PIXELS) return pixels;
  throw new WireError('tile of wrong size');
}
