import jpegTurbo from '@julusian/jpeg-turbo';
import {
  type CodedRect,
  Coder,
  decodeCopy,
  decodeScreen,
  encodeScreenReply,
  type Rect,
  type ScreenMessage,
  type ScreenState,
} from '@porthole/protocol';
import { decodeSolid, decodeTile } from '../../packages/portal/src/features/screen/render/tileDecoder.ts';
import { decodeWebp } from '../support/decodeWebp.ts';
import { VideoStreams } from './videoStreams.ts';

/** What a viewer draws on, without a browser: the same decoding, a buffer for a canvas. */
export class BufferViewer {
  state: ScreenState | undefined;
  rgba = Buffer.alloc(0);
  pictures = 0;
  /** What the last picture said of itself. */
  isExact = false;
  /** Rectangles drawn so far, by coder. */
  readonly drawn = new Map<Coder, number>();
  readonly #videos = new VideoStreams();
  #size = { width: 0, height: 0 };
  #seq = -1;
  #rects: CodedRect[] = [];

  /** Takes one message; answers what the viewer replies to it. */
  receive(bytes: Uint8Array): Uint8Array | undefined {
    return this.take(decodeScreen(bytes));
  }

  /** As `receive`, of a message that was decoded already. */
  take(message: ScreenMessage): Uint8Array | undefined {
    if (message.type === 'state') this.#resize(message.state);
    if (message.type !== 'update') return undefined;
    return this.#update(message);
  }

  #resize(state: ScreenState): void {
    this.state = state;
    const { width, height } = state;
    if (width === 0 || (width === this.#size.width && height === this.#size.height)) return;
    this.#size = { width, height };
    this.rgba = Buffer.alloc(width * height * 4);
  }

  #update(update: Extract<ScreenMessage, { type: 'update' }>): Uint8Array | undefined {
    if (update.seq !== this.#seq) this.#rects = [];
    this.#seq = update.seq;
    this.#rects.push(...update.rects);
    if (!update.last) return undefined;
    for (const rect of this.#rects) this.#draw(rect);
    this.#rects = [];
    this.pictures++;
    this.isExact = update.exact;
    return encodeScreenReply({ type: 'ack', seq: update.seq, decodeMs: 0, paintMs: 0 });
  }

  #draw(rect: CodedRect): void {
    this.drawn.set(rect.coder, (this.drawn.get(rect.coder) ?? 0) + 1);
    const pixels = this.#pixelsOf(rect);
    if (pixels) this.#put(rect, pixels);
  }

  #pixelsOf(rect: CodedRect): Uint8Array | Uint8ClampedArray | undefined {
    switch (rect.coder) {
      case Coder.solid: {
        const colour = decodeSolid(rect.bytes);
        return Buffer.alloc(rect.width * rect.height * 4, Uint8Array.of(colour >> 16, colour >> 8, colour, 255));
      }
      case Coder.copy:
        return this.#read({ ...rect, ...decodeCopy(rect.bytes) });
      case Coder.jpeg: {
        const options = { format: jpegTurbo.FORMAT_RGBA };
        const { data, width, height } = jpegTurbo.decompressSync(Buffer.from(rect.bytes), options);
        if (width !== rect.width || height !== rect.height) throw new Error('image of another size');
        return data;
      }
      case Coder.webp:
        return decodeWebp(rect.bytes).rgba;
      case Coder.video:
        return this.#videos.decode(rect);
      default:
        return decodeTile(rect).rgba;
    }
  }

  #read({ x, y, width, height }: Rect): Buffer {
    const out = Buffer.alloc(width * height * 4);
    for (let row = 0; row < height; row++) {
      const from = ((y + row) * this.#size.width + x) * 4;
      out.set(this.rgba.subarray(from, from + width * 4), row * width * 4);
    }
    return out;
  }

  #put({ x, y, width, height }: Rect, rgba: Uint8Array | Uint8ClampedArray): void {
    for (let row = 0; row < height; row++) {
      this.rgba.set(rgba.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * this.#size.width + x) * 4);
    }
  }
}
