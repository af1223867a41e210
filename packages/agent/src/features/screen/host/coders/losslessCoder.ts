import type { PixelKernel, Plane } from '@porthole/pixels';
import { type CodedRect, Coder, type Rect } from '@porthole/protocol';

/** Codes one tile as one colour or as a palette of up to 256; undefined when it has more colours. */
export function encodeDrawn(kernel: PixelKernel, plane: Plane, tile: Rect): CodedRect | undefined {
  const indexed = kernel.index(plane, tile);
  if (!indexed) return undefined;
  const palette = paletteBytes(indexed.colours);
  if (indexed.colours.length === 1) return { ...tile, coder: Coder.solid, bytes: palette };
  const coded = kernel.deflate(indexed.indices, tile.width);
  return {
    ...tile,
    coder: Coder.palette,
    bytes: Buffer.concat([Uint8Array.of(palette.length / 3 - 1), palette, coded]),
  };
}

/** Codes one tile as it is: for what was found not to be drawn. */
export function encodeRgb(kernel: PixelKernel, plane: Plane, tile: Rect): CodedRect {
  // A copy, since the kernel's own bytes do not outlast the next tile.
  const bytes = kernel.deflate(kernel.differences(plane, tile), tile.width * 3).slice();
  return { ...tile, coder: Coder.rgb, bytes };
}

/** Codes one tile without loss, whatever it shows. */
export function encodeLossless(kernel: PixelKernel, plane: Plane, tile: Rect): CodedRect {
  return encodeDrawn(kernel, plane, tile) ?? encodeRgb(kernel, plane, tile);
}

/** R G B of each colour 0xRRGGBB. */
function paletteBytes(colours: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(colours.length * 3);
  for (const [index, colour] of colours.entries()) {
    bytes[index * 3] = colour >> 16;
    bytes[index * 3 + 1] = colour >> 8;
    bytes[index * 3 + 2] = colour;
  }
  return bytes;
}
