import type { Property } from 'x11';
import { XConnection } from '../../../packages/agent/src/platform/x11/connection.ts';
import { keepAfterClose } from '../requests.ts';
import { type Clip, renderClip } from './clip.ts';

const CARDINAL = 6;
const Z_PIXMAP = 2;
/** What fits into a plain request of 262,140 bytes, head included. */
const MAX_DATA = 262_000;

/**
 * Pixmaps of a clip's frames in the X server of `display`, drawn there once: they stay as long as the server runs, and a
 * property of the root window says which they are. Showing one costs the server a copy and nobody else anything.
 */
export async function keptFrames(display: string, clip: Clip): Promise<number[]> {
  const connection = await XConnection.open(display);
  try {
    const name = await connection.atom(`_PORTHOLE_FILM_${clip.width}x${clip.height}_${clip.frames}`);
    const { client, root } = connection;
    const { data } = await connection.ask<Property>((reply) =>
      client.GetProperty(0, root, name, CARDINAL, 0, clip.frames, reply),
    );
    if (data.length === clip.frames * 4) return readIds(data);
    const frames = await upload(connection, clip);
    client.ChangeProperty(0, root, name, CARDINAL, 32, frames);
    await connection.sync();
    return frames;
  } finally {
    connection.close();
  }
}

function readIds(data: Buffer): number[] {
  return Array.from({ length: data.length / 4 }, (_, index) => data.readUInt32LE(index * 4));
}

async function upload(connection: XConnection, clip: Clip): Promise<number[]> {
  const { client, root, screen } = connection;
  connection.sendRaw(keepAfterClose());
  const context = client.AllocID();
  client.CreateGC(context, root, { graphicsExposures: 0 });
  const frames: number[] = [];
  for (const pixels of renderClip(clip)) {
    const pixmap = client.AllocID();
    client.CreatePixmap(pixmap, root, screen.root_depth, clip.width, clip.height);
    put(connection, { pixmap, context, pixels, ...clip });
    await connection.sync();
    frames.push(pixmap);
  }
  return frames;
}

interface Put extends Clip {
  pixmap: number;
  context: number;
  pixels: Uint8Array;
}

/** In bands that fit into requests. */
function put({ client, screen }: XConnection, { pixmap, context, pixels, width, height }: Put): void {
  const stride = width * 4;
  const rows = Math.floor(MAX_DATA / stride);
  for (let y = 0; y < height; y += rows) {
    const count = Math.min(rows, height - y);
    const band = Buffer.from(pixels.subarray(y * stride, (y + count) * stride));
    client.PutImage(Z_PIXMAP, pixmap, context, width, count, 0, y, 0, screen.root_depth, band);
  }
}
