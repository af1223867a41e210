import * as z from 'zod';
import { ByteReader, ByteWriter, WireError } from '../wire/bytes.ts';
import type { FeatureSpec } from './feature.ts';

/** Pixels. */
export const MAX_THUMBNAIL_WIDTH = 1_280;

/** A small JPEG of what the device shows; at most `maxWidth` wide, sent only when the picture changed. */
export const thumbnail = {
  capability: 'view',
  delivery: 'lossy',
  link: 'bulk',
  params: z.strictObject({
    maxWidth: z.number().int().min(64).max(MAX_THUMBNAIL_WIDTH),
    intervalMs: z.number().int().min(500).max(600_000),
  }),
} as const satisfies FeatureSpec;
export type ThumbnailParams = z.infer<typeof thumbnail.params>;

/** Bytes of the largest thumbnail a hub accepts. */
export const MAX_THUMBNAIL_BYTES = 128 * 1024;

export interface Thumbnail {
  width: number;
  height: number;
  jpeg: Uint8Array;
}

/** u16 width, u16 height, then the JPEG. */
export function encodeThumbnail({ width, height, jpeg }: Thumbnail): Uint8Array {
  return new ByteWriter(4 + jpeg.byteLength).u16(width).u16(height).raw(jpeg).bytes;
}

/** The JPEG is a view into `bytes`. Checks the JPEG's own markers, so that nothing else is ever served as one. */
export function decodeThumbnail(bytes: Uint8Array): Thumbnail {
  const reader = new ByteReader(bytes);
  const width = reader.u16();
  const height = reader.u16();
  if (width === 0 || height === 0 || width > MAX_THUMBNAIL_WIDTH || height > 4096)
    throw new WireError('thumbnail of odd size');
  if (reader.remaining > MAX_THUMBNAIL_BYTES) throw new WireError('thumbnail too large');
  const jpeg = reader.bytes(reader.remaining);
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8 || jpeg[2] !== 0xff) throw new WireError('thumbnail is not a JPEG');
  return { width, height, jpeg };
}
