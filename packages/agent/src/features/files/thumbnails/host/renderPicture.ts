import { closeSync, openSync, readSync } from 'node:fs';
import type { Av } from './av.ts';
import { decodePicture } from './decodePicture.ts';
import { readHeifGrid } from './heif/heifGrid.ts';
import { renderGrid } from './heif/renderGrid.ts';
import { readImageHeader } from './imageHeader.ts';
import { scaleFrame } from './scaleFrame.ts';
import { type Picture, turnUpright } from './turnUpright.ts';

const MAX_PIXELS = 100e6;
/** What may stand before the size of a picture: previews, colour profiles, notes. */
const HEADER_BYTES = 1024 * 1024;

/** A picture, or one out of a video, upright, its longer side at most `size` pixels, as B, G, R, A. Throws when there is none. */
export function renderPicture(av: Av, path: string, size: number): Picture {
  const head = readHead(path);
  const grid = readHeifGrid(head);
  if (grid) return renderGrid(av, path, grid, size);
  const header = readImageHeader(head);
  // A small file can claim to be a huge picture: asked before anything is decoded.
  if (header && header.width * header.height > MAX_PIXELS) throw new Error('too large');
  using decoded = decodePicture(av, path);
  // JPEG says it in its header; whatever else turns a picture tells FFmpeg.
  const orientation = header && header.orientation > 1 ? header.orientation : decoded.orientation;
  return turnUpright(scaleFrame(av, decoded.frame, size), orientation);
}

function readHead(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.allocUnsafe(HEADER_BYTES);
    return head.subarray(0, readSync(file, head, 0, head.byteLength, 0));
  } finally {
    closeSync(file);
  }
}
