import { deflateRawSync } from 'node:zlib';
import { type CodedRect, Coder, MAX_TILE_PIXELS, type Rect } from '@porthole/protocol';
import type { Pixels } from '../backend.ts';

/** Level 1 costs a third of the default's time here and loses little on indices and differences. */
const DEFLATE = { level: 1 } as const;
const MAX_COLOURS = 256;
const TABLE = 1024;

/** Cuts a rectangle into tiles of at most `MAX_TILE_PIXELS`, in bands as wide as the rectangle where possible. */
export function splitTiles(rect: Rect): Rect[] {
  const tiles: Rect[] = [];
  const width = Math.min(rect.width, MAX_TILE_PIXELS);
  const height = Math.max(1, Math.floor(MAX_TILE_PIXELS / width));
  for (let y = 0; y < rect.height; y += height) {
    for (let x = 0; x < rect.width; x += width) {
      tiles.push({
        x: rect.x + x,
        y: rect.y + y,
        width: Math.min(width, rect.width - x),
        height: Math.min(height, rect.height - y),
      });
    }
  }
  return tiles;
}

/**
 * Codes one tile without loss: as one colour, as a palette of up to 256, or as differences of full colours.
 * `offset` is the byte position of the tile's first pixel in `pixels`.
 */
export function encodeTile(tile: Rect, pixels: Pixels, offset: number): CodedRect {
  const indexed = indexColours(tile, pixels, offset);
  if (!indexed)
    return { ...tile, coder: Coder.rgb, bytes: deflateRawSync(leftDifferences(tile, pixels, offset), DEFLATE) };
  const { colours, indices } = indexed;
  if (colours.length === 1) return { ...tile, coder: Coder.solid, bytes: paletteBytes(colours) };
  const coded = deflateRawSync(indices, DEFLATE);
  const bytes = Buffer.concat([Uint8Array.of(colours.length - 1), paletteBytes(colours), coded]);
  return { ...tile, coder: Coder.palette, bytes };
}

/** One byte per pixel and the colours they stand for (0xRRGGBB, in order of appearance); undefined beyond 256 colours. */
function indexColours(tile: Rect, pixels: Pixels, offset: number) {
  const indices = new Uint8Array(tile.width * tile.height);
  const palette = new Palette();
  const words = wordsOf(pixels, offset);
  const stride = pixels.stride >> 2;
  // Most pixels have the colour of one of the two before: text on its ground is hardly ever looked up.
  let [colour, index] = [-1, 0];
  let [otherColour, otherIndex] = [-1, 0];
  for (let y = 0, out = 0; y < tile.height; y++) {
    const end = y * stride + tile.width;
    for (let at = y * stride; at < end; at++) {
      const next = (words[at] as number) & 0xff_ffff;
      if (next !== colour) {
        const nextIndex = next === otherColour ? otherIndex : palette.indexOf(next);
        if (nextIndex < 0) return undefined;
        otherColour = colour;
        otherIndex = index;
        colour = next;
        index = nextIndex;
      }
      indices[out++] = index;
    }
  }
  return { colours: palette.colours, indices };
}

/** Colours numbered in order of appearance; an open-addressed table, since a `Map` costs several times as much here. */
class Palette {
  readonly colours: number[] = [];
  /** Colour + 1, so that 0 means free. */
  readonly #keys = new Uint32Array(TABLE);
  readonly #values = new Uint8Array(TABLE);

  /** The number of a colour, given one if it is new; -1 when there is none left. */
  indexOf(colour: number): number {
    let slot = Math.imul(colour, 0x9e3779b1) >>> 22;
    for (let key = this.#keys[slot]; key !== 0; key = this.#keys[slot]) {
      if (key === colour + 1) return this.#values[slot] as number;
      slot = (slot + 1) & (TABLE - 1);
    }
    if (this.colours.length === MAX_COLOURS) return -1;
    this.#keys[slot] = colour + 1;
    this.#values[slot] = this.colours.length;
    return this.colours.push(colour) - 1;
  }
}

/** Three bytes per pixel, R G B, each as the difference to the pixel on its left (0 at the edge). */
function leftDifferences(tile: Rect, pixels: Pixels, offset: number): Uint8Array {
  const out = new Uint8Array(tile.width * tile.height * 3);
  let at = 0;
  for (let y = 0; y < tile.height; y++) {
    let from = offset + y * pixels.stride;
    let [red, green, blue] = [0, 0, 0];
    for (let x = 0; x < tile.width; x++, from += 4, at += 3) {
      const b = pixels.data[from] as number;
      const g = pixels.data[from + 1] as number;
      const r = pixels.data[from + 2] as number;
      out[at] = r - red;
      out[at + 1] = g - green;
      out[at + 2] = b - blue;
      red = r;
      green = g;
      blue = b;
    }
  }
  return out;
}

function paletteBytes(colours: number[]): Uint8Array {
  return Uint8Array.from(colours.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]));
}

/** Pixels as 32-bit words from `offset` on; copied only where the memory is not aligned for it. */
function wordsOf({ data }: Pixels, offset: number): Uint32Array {
  const start = data.byteOffset + offset;
  if (start % 4 === 0) return new Uint32Array(data.buffer, start, (data.byteLength - offset) >> 2);
  return new Uint32Array(data.slice(offset).buffer, 0, (data.byteLength - offset) >> 2);
}
