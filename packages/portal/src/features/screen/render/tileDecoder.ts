import { type CodedRect, Coder, MAX_TILE_PIXELS, WireError } from '@porthole/protocol';
import { Inflate, inflateSync } from 'fflate';

/** Decoded pixels of one rectangle: straight RGBA, ready for a canvas. */
export interface DecodedTile {
  x: number;
  y: number;
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

const OPAQUE = 0xff00_0000;
/** Coded bytes inflated at once; deflate makes at most 1032 times as many of them. */
const SLICE = 16 * 1024;

/** Decodes one lossless tile. Throws `WireError` when its bytes do not make exactly its pixels, or when it is no tile. */
export function decodeTile(rect: CodedRect): DecodedTile {
  const { x, y, width, height } = rect;
  if (width * height > MAX_TILE_PIXELS) throw new WireError('tile too large');
  const words = new Uint32Array(width * height);
  switch (rect.coder) {
    case Coder.solid:
      words.fill(readColours(rect.bytes, 1)[0] ?? OPAQUE);
      break;
    case Coder.palette:
      fillFromPalette(words, rect.bytes);
      break;
    case Coder.rgb:
      fillFromDifferences(words, width, inflate(rect.bytes, words.length * 3));
      break;
    default:
      throw new WireError('not a tile');
  }
  return { x, y, width, height, rgba: new Uint8ClampedArray(words.buffer) };
}

/** The one colour of a solid rectangle as 0xRRGGBB. Throws `WireError` when there is not exactly one. */
export function decodeSolid(bytes: Uint8Array): number {
  if (bytes.byteLength !== 3) throw new WireError('colour of wrong size');
  return ((bytes[0] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0);
}

function fillFromPalette(words: Uint32Array, bytes: Uint8Array): void {
  const count = (bytes[0] ?? 0) + 1;
  // Indices beyond the palette are no error to look for: they show as the last entries, all black.
  const colours = new Uint32Array(256).fill(OPAQUE);
  colours.set(readColours(bytes.subarray(1, 1 + count * 3), count));
  const indices = inflate(bytes.subarray(1 + count * 3), words.length);
  for (let i = 0; i < indices.length; i++) words[i] = colours[indices[i] as number] as number;
}

/** Rows of R G B, each pixel as the difference to the one on its left. */
function fillFromDifferences(words: Uint32Array, width: number, deltas: Uint8Array): void {
  for (let i = 0, at = 0; i < words.length; ) {
    let [red, green, blue] = [0, 0, 0];
    for (const end = i + width; i < end; i++, at += 3) {
      red = (red + (deltas[at] as number)) & 255;
      green = (green + (deltas[at + 1] as number)) & 255;
      blue = (blue + (deltas[at + 2] as number)) & 255;
      words[i] = OPAQUE | (blue << 16) | (green << 8) | red;
    }
  }
}

/** Colours as the words of a canvas on a little-endian machine, which is every machine a browser runs on. */
function readColours(bytes: Uint8Array, count: number): Uint32Array {
  if (bytes.byteLength !== count * 3) throw new WireError('palette of wrong size');
  return Uint32Array.from({ length: count }, (_, i) => {
    const [red, green, blue] = bytes.subarray(i * 3, i * 3 + 3) as unknown as [number, number, number];
    return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** Inflates to exactly `size` bytes; more or less of them is an error. */
function inflate(bytes: Uint8Array, size: number): Uint8Array {
  try {
    return bytes.byteLength <= SLICE ? inflateAtOnce(bytes, size) : inflateInSlices(bytes, size);
  } catch (error) {
    throw error instanceof WireError ? error : new WireError('tile cannot be inflated');
  }
}

/** The common case, and by far the quickest: so few coded bytes cannot burst into much. */
function inflateAtOnce(bytes: Uint8Array, size: number): Uint8Array {
  // One byte more than is due shows a tile that is too long; the library drops what does not fit.
  const out = inflateSync(bytes, { out: new Uint8Array(size + 1) });
  if (out.byteLength !== size) throw new WireError('tile of wrong size');
  return out;
}

/** One that was made to burst is given up after the slice in which it grows too large, not worked through to its end. */
function inflateInSlices(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let filled = 0;
  const stream = new Inflate((chunk) => {
    if (filled + chunk.byteLength > size) throw new WireError('tile of wrong size');
    out.set(chunk, filled);
    filled += chunk.byteLength;
  });
  for (let at = 0; at < bytes.byteLength; at += SLICE) {
    stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.byteLength);
  }
  if (filled !== size) throw new WireError('tile of wrong size');
  return out;
}
