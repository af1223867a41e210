import { readFile } from 'node:fs/promises';
import type { Rect } from '@porthole/protocol';
import { buildPixels } from './build.ts';
import { mergeCells } from './cells.ts';
import { type PixelExports, PlaneNumber } from './exports.ts';
import { type KernelLayout, layOut, MAX_DEFLATE } from './layout.ts';
import { findMoves, type Move } from './moves.ts';
import { compileWasm, growTo, instantiateWasm, type WasmModule } from './wasm.ts';

/** The pixels last staged, with the rectangle that they are, or the picture as viewers have it. */
export type Plane = { staged: Rect } | 'shadow';

/** The colours of a rectangle (0xRRGGBB, in order of appearance) and which of them each pixel has, row-major. */
export interface IndexedPixels {
  colours: Uint32Array;
  indices: Uint8Array;
}

const CELL = { width: 32, height: 16 } as const;

let compiled: Promise<WasmModule> | undefined;

/**
 * What is done to every pixel of a display, in WebAssembly. Pixels are 32-bit little-endian words 0xXXRRGGBB (in memory
 * B, G, R, X); X is ignored everywhere. Rectangles are in coordinates of the display; those that are not inside it throw
 * `RangeError`. Views stay valid as long as the kernel, their contents until the next call that makes such a view.
 */
export class PixelKernel {
  readonly width: number;
  readonly height: number;
  readonly #exports: PixelExports;
  readonly #layout: KernelLayout;

  private constructor(exports: PixelExports, layout: KernelLayout) {
    this.width = layout.width;
    this.height = layout.height;
    this.#exports = exports;
    this.#layout = layout;
  }

  /**
   * Planes for a display of that many pixels, the shadow black. Memory is set aside for all of it (11 bytes per pixel), but
   * taken only where it is used. Throws `RangeError` for more than 8192 x 8192 pixels in all; garbage collection frees it.
   */
  static async open(width: number, height: number): Promise<PixelKernel> {
    compiled ??= load();
    const exports = await instantiateWasm<PixelExports>(await compiled.catch(forget));
    const layout = layOut(exports.heapBase(), width, height);
    growTo(exports.memory, layout.end);
    exports.setShadow(layout.shadow, width, height);
    exports.setMemory(layout.staged, layout.output, layout.work);
    exports.setDeflate(layout.deflate);
    return new PixelKernel(exports, layout);
  }

  /** Where a grab of one rectangle is put: `length` bytes, rows without gaps. */
  staging(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.width * this.height * 4)) throw new RangeError('larger than the display');
    return new Uint8Array(this.#buffer, this.#layout.staged, length);
  }

  /** The picture as viewers have it: the whole display, width * 4 bytes per row. */
  get shadow(): Uint8Array {
    return new Uint8Array(this.#buffer, this.#layout.shadow, this.width * this.height * 4);
  }

  /**
   * Where the staged rectangle differs from the shadow: few disjoint rectangles, at most 48, each no larger than its
   * differences ask for. Leaves the shadow as it is.
   */
  diff(rect: Rect): Rect[] {
    this.#stage(rect);
    if (this.#exports.dirtyCells() === 0) return [];
    const columns = Math.ceil(rect.width / CELL.width);
    const rows = Math.ceil(rect.height / CELL.height);
    const cells = new Uint8Array(this.#buffer, this.#layout.output, columns * rows);
    return mergeCells({ cells, columns, rows }).flatMap((block) => this.#trim(toPixels(block, rect)) ?? []);
  }

  #trim(part: Rect): Rect | undefined {
    this.#choose(part);
    return this.#exports.trimPart() ? this.#readRect() : undefined;
  }

  /** Takes the staged pixels of `part`, which is inside `rect`, over into the shadow. */
  accept(rect: Rect, part: Rect): void {
    this.#stage(rect);
    if (!contains(rect, part)) throw new RangeError('part outside its rectangle');
    this.#choose(part);
    this.#exports.accept();
  }

  /** Moves pixels of the shadow; the two places may overlap. */
  copyWithin(from: { x: number; y: number }, to: Rect): void {
    this.#check({ ...to, ...from });
    this.#choose(to);
    this.#exports.move(from.x, from.y);
  }

  /**
   * What scrolled or was dragged: parts of the staged rectangle that equal the shadow, every pixel, shifted along one axis or
   * both. They explain at least a quarter of what changed, or there are none. All are read from the shadow as it is, and may
   * as well be applied one after another: none reads what an earlier one wrote.
   */
  findMoves(rect: Rect): Move[] {
    this.#stage(rect);
    this.#choose(rect);
    return findMoves(this.#exports, () => this.#readRect());
  }

  /** Null when there are more than 256 colours. */
  index(plane: Plane, part: Rect): IndexedPixels | null {
    const count = this.#exports.indexPart(this.#select(plane, part));
    if (count === 0) return null;
    const { output, indices } = this.#layout;
    return {
      colours: new Uint32Array(this.#buffer, output, count),
      indices: new Uint8Array(this.#buffer, indices, part.width * part.height),
    };
  }

  /** R, G, B of every pixel, row-major, each as the difference to the pixel on its left (0 at the edge). */
  differences(plane: Plane, part: Rect): Uint8Array {
    this.#exports.differencesOfPart(this.#select(plane, part));
    return new Uint8Array(this.#buffer, this.#layout.output, part.width * part.height * 3);
  }

  /**
   * Raw deflate (RFC 1951), never longer than stored; about as small as level 1 of zlib. `bytes` are a view that this kernel
   * made: indices, differences or staged pixels, at most 196,608 bytes. `rowLength` is how many of them make a row, since rows
   * are often alike. The result is valid until the next call of this method, whatever else is called. Throws `RangeError`.
   */
  deflate(bytes: Uint8Array, rowLength: number): Uint8Array {
    const { byteOffset, byteLength } = bytes;
    const { work, deflated } = this.#layout;
    if (bytes.buffer !== this.#buffer || byteLength > MAX_DEFLATE || byteOffset + byteLength > work)
      throw new RangeError('not bytes that can be deflated');
    if (!(Number.isInteger(rowLength) && rowLength >= 0)) throw new RangeError('no such length of a row');
    const length = this.#exports.deflate(byteOffset, byteLength, rowLength);
    return new Uint8Array(this.#buffer, deflated, length);
  }

  /** From 0 for what is drawn (text, lines, even surfaces) to 1 for photographs and film, by a sample; 0.4 is a fair border. */
  naturalness(plane: Plane, part: Rect): number {
    return this.#exports.naturalnessOfPart(this.#select(plane, part));
  }

  /**
   * The part made smaller by 2 to 64: each pixel the mean of a box, rounded; X is 0. Boxes begin at the part's corner; those
   * at its right and lower edge may be cut. ceil(width / factor) pixels a row, without gaps.
   */
  shrink(plane: Plane, part: Rect, factor: number): Uint8Array {
    if (!(Number.isInteger(factor) && factor >= 2 && factor <= 64)) throw new RangeError('no such factor');
    this.#exports.shrinkPart(this.#select(plane, part), factor);
    const length = Math.ceil(part.width / factor) * Math.ceil(part.height / factor) * 4;
    return new Uint8Array(this.#buffer, this.#layout.output, length);
  }

  get #buffer(): ArrayBuffer {
    return this.#exports.memory.buffer;
  }

  #stage(rect: Rect): void {
    this.#check(rect);
    this.#exports.setStaged(rect.x, rect.y, rect.width, rect.height);
  }

  #choose(part: Rect): void {
    this.#check(part);
    this.#exports.setPart(part.x, part.y, part.width, part.height);
  }

  #select(plane: Plane, part: Rect): PlaneNumber {
    this.#choose(part);
    if (plane === 'shadow') return PlaneNumber.shadow;
    this.#stage(plane.staged);
    if (!contains(plane.staged, part)) throw new RangeError('part outside its rectangle');
    return PlaneNumber.staged;
  }

  #check(rect: Rect): void {
    const whole = [rect.x, rect.y, rect.width, rect.height].every(Number.isInteger);
    if (whole && rect.width > 0 && rect.height > 0 && contains({ ...this.#display }, rect)) return;
    throw new RangeError('rectangle outside the display');
  }

  get #display(): Rect {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }

  #readRect(): Rect {
    const [x = 0, y = 0, width = 0, height = 0] = new Int32Array(this.#buffer, this.#layout.output, 4);
    return { x, y, width, height };
  }
}

async function load(): Promise<WasmModule> {
  return compileWasm(await readFile(buildPixels()));
}

/** A build that failed is tried anew the next time. */
function forget(error: unknown): never {
  compiled = undefined;
  throw error;
}

/** A block of cells of a rectangle, clipped to it. */
function toPixels(block: Rect, rect: Rect): Rect {
  const left = block.x * CELL.width;
  const top = block.y * CELL.height;
  return {
    x: rect.x + left,
    y: rect.y + top,
    width: Math.min(block.width * CELL.width, rect.width - left),
    height: Math.min(block.height * CELL.height, rect.height - top),
  };
}

function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
