import { type CodedRect, Coder, encodeVideoPiece, type Rect } from '@porthole/protocol';
import type { Pixels } from '../../backend.ts';
import type { OpenVideoEncoder, VideoEncoder } from './video/videoEncoder.ts';

/** Bytes of one piece; small enough to go between other messages. */
const PIECE_BYTES = 48 * 1024;
/** Keys at least this far apart, in ms: one is several times as large as what comes between. */
const KEY_MS = 800;
/** After a failure, other means are used for this long, doubling up to the second figure, in ms. */
const RETRY_MS = [5_000, 300_000] as const;
/** A video that nobody needed for this long ends, in ms. */
const IDLE_MS = 3_000;

/** What a video shall be like; rates as in `VideoEncoder.setRate`. */
export interface VideoWish {
  region: Rect;
  codecs: readonly string[];
  bytesPerSecond: number;
  fps: number;
}

/** What a video tells of itself. */
export interface VideoEvents {
  /** An encoder is in use from here on, from before it is opened; or none is any more. Said when it changes. */
  inUse(isInUse: boolean): void;
  /** Video broke, and why; other means are used for a while. */
  trouble(reason: string): void;
}

/** The one video of a stream: opens an encoder for a region in the background, and another one when the region changes. */
export class VideoCoder {
  readonly #open: OpenVideoEncoder;
  readonly #events: VideoEvents;
  #encoder: VideoEncoder | undefined;
  #region: Rect | undefined;
  /** What the encoder was chosen from. */
  #codecs = '';
  #opening: Rect | undefined;
  #stream = 0;
  #needsKey = true;
  #keyAt = Number.NEGATIVE_INFINITY;
  #usedAt = 0;
  #retryAt = Number.NEGATIVE_INFINITY;
  #retryMs: number = RETRY_MS[0];
  #isInUse = false;
  #isClosed = false;

  constructor(open: OpenVideoEncoder, events: VideoEvents) {
    this.#open = open;
    this.#events = events;
  }

  /** Where the video is while there is one. */
  get region(): Rect | undefined {
    return this.#encoder && this.#region;
  }

  /** In how many ms the next picture of the video can be a key. */
  keyIn(now: number): number {
    return Math.max(0, this.#keyAt + KEY_MS - now);
  }

  /** Somebody joined who has nothing of it yet. */
  needKey(): void {
    this.#needsKey = true;
  }

  /** Whether video may be counted on at `now`: it was not found broken of late. */
  isUsable(now: number): boolean {
    return now >= this.#retryAt;
  }

  /** Makes sure that a video of the region is there or on its way. */
  want(wish: VideoWish, now: number): void {
    this.#usedAt = now;
    if (this.#encoder && same(this.#region, wish.region) && this.#codecs === keyOf(wish.codecs)) {
      this.#encoder.setRate(wish.bytesPerSecond, wish.fps);
      return;
    }
    if (this.#opening || !this.isUsable(now)) return;
    void this.#start(wish, now);
  }

  /** Ends a video that was not wanted lately. */
  tidy(now: number): void {
    if (this.#encoder && now - this.#usedAt > IDLE_MS) this.#end();
  }

  /**
   * Codes the region as the video's next picture. `pixels` begin with the region's first pixel. Undefined when the encoder
   * failed: it is gone then, and the region must be sent by other means.
   */
  async encode(pixels: Pixels, now: number): Promise<CodedRect[] | undefined> {
    const [encoder, region] = [this.#encoder, this.#region];
    if (!encoder || !region) return undefined;
    const key = this.#needsKey && this.keyIn(now) === 0;
    const stream = this.#stream;
    try {
      const frame = await encoder.encode(pixels, { key });
      if (frame.key) this.#keyAt = now;
      if (key) this.#needsKey = false;
      return piecesOf(frame.bytes).map((bytes, index, all) => ({
        ...region,
        coder: Coder.video,
        bytes: encodeVideoPiece({
          stream,
          key: frame.key,
          codec: frame.key ? encoder.codec : '',
          more: index < all.length - 1,
          bytes,
        }),
      }));
    } catch (error) {
      this.#failed(error, now);
      return undefined;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#end();
  }

  async #start({ region, codecs, bytesPerSecond, fps }: VideoWish, now: number): Promise<void> {
    this.#opening = region;
    this.#tellUse();
    try {
      const { width, height } = region;
      const encoder = await this.#open({ width, height, codecs, bytesPerSecond, fps });
      if (this.#isClosed) return encoder.close();
      this.#end();
      this.#encoder = encoder;
      this.#region = region;
      this.#codecs = keyOf(codecs);
      this.#stream = (this.#stream + 1) % 256;
      this.#needsKey = true;
      this.#keyAt = Number.NEGATIVE_INFINITY;
      this.#retryMs = RETRY_MS[0];
    } catch (error) {
      this.#failed(error, now);
    } finally {
      this.#opening = undefined;
      this.#tellUse();
    }
  }

  #failed(error: unknown, now: number): void {
    this.#end();
    this.#events.trouble(`Video broke: ${error instanceof Error ? error.message : String(error)}`);
    this.#retryAt = now + this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS[1]);
  }

  #end(): void {
    this.#encoder?.close();
    this.#encoder = undefined;
    this.#region = undefined;
    this.#tellUse();
  }

  #tellUse(): void {
    const isInUse = this.#encoder !== undefined || this.#opening !== undefined;
    if (isInUse === this.#isInUse) return;
    this.#isInUse = isInUse;
    this.#events.inUse(isInUse);
  }
}

/** Equal for the same codecs in any order: viewers in turn set the pace, and each likes another best. */
function keyOf(codecs: readonly string[]): string {
  return codecs.toSorted().join();
}

function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.max(1, Math.ceil(bytes.byteLength / PIECE_BYTES));
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
}

function same(a: Rect | undefined, b: Rect): boolean {
  return a?.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
