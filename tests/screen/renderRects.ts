import { type CodedRect, Coder, encodeCopy, encodeVideoPiece, type Rect, type VideoPiece } from '@porthole/protocol';

/** One colour. */
export function solid(rect: Rect, ...rgb: number[]): CodedRect {
  return { ...rect, coder: Coder.solid, bytes: Uint8Array.from(rgb) };
}

/** The same size, from there. */
export function copy(rect: Rect, x: number, y: number): CodedRect {
  return { ...rect, coder: Coder.copy, bytes: encodeCopy(x, y) };
}

/** A key of stream 1 in one piece, unless told otherwise. */
export function video(rect: Rect, bytes: Uint8Array, options: Partial<VideoPiece> = {}): CodedRect {
  const piece = { stream: 1, key: true, more: false, codec: 'avc1.42C00A', ...options, bytes };
  return { ...rect, coder: Coder.video, bytes: encodeVideoPiece(piece) };
}
