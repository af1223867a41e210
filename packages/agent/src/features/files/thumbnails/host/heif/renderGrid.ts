import type { Frame, Stream } from 'node-av/lib';
import type { Av } from '../av.ts';
import { Decoder, MAX_PIXELS } from '../decoder.ts';
import { openMedia } from '../openMedia.ts';
import { scaleFrame } from '../scaleFrame.ts';
import { type Picture, turnUpright } from '../turnUpright.ts';
import type { HeifGrid } from './heifGrid.ts';

/** The EXIF orientation of 0 to 3 quarter turns. */
const ORIENTATIONS = [1, 6, 3, 8];

/** Puts a picture together from its tiles, upright, its longer side at most `size` pixels. Throws when it cannot. */
export function renderGrid(av: Av, path: string, grid: HeifGrid, size: number): Picture {
  const { width, height, turns } = grid;
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) throw new Error('too large');
  const whole = { data: Buffer.alloc(width * height * 4), width, height };
  decodeTiles(av, path, grid, (tile, at) => place(whole, tile, at));
  const format = av.AV_PIX_FMT_BGRA;
  const frame = av.Frame.fromVideoBuffer(whole.data, { width, height, format, timeBase: new av.Rational(1, 1) });
  try {
    return turnUpright(scaleFrame(av, frame, size), ORIENTATIONS[turns] ?? 1);
  } finally {
    frame.free();
  }
}

type Placed = (tile: Picture, at: { x: number; y: number }) => void;

function decodeTiles(av: Av, path: string, { tiles, columns }: HeifGrid, placed: Placed): void {
  using open = openMedia(av, path);
  const { input } = open;
  const packet = new av.Packet();
  packet.alloc();
  while (input.readFrameSync(packet) >= 0) {
    const stream = input.streams[packet.streamIndex];
    const place = stream ? tiles.indexOf(stream.id) : -1;
    if (stream && place >= 0) {
      decodeTile(
        av,
        stream,
        (decoder, took) => decoder.decode(packet, took),
        (frame) => {
          const tile = scaleFrame(av, frame, Math.max(frame.width, frame.height));
          placed(tile, { x: (place % columns) * tile.width, y: Math.floor(place / columns) * tile.height });
        },
      );
    }
    packet.unref();
  }
  packet.free();
}

type Feed = (decoder: Decoder, took: (frame: Frame) => void) => void;

function decodeTile(av: Av, stream: Stream, feed: Feed, took: (frame: Frame) => void): void {
  const decoder = new Decoder(av, stream);
  feed(decoder, took);
  decoder.decode(null, took);
  decoder.close();
}

function place(whole: Picture, tile: Picture, { x, y }: { x: number; y: number }): void {
  const bytes = Math.min(tile.width, whole.width - x) * 4;
  for (let row = 0; row < tile.height && y + row < whole.height && bytes > 0; row++) {
    const from = row * tile.width * 4;
    tile.data.copy(whole.data, ((y + row) * whole.width + x) * 4, from, from + bytes);
  }
}
