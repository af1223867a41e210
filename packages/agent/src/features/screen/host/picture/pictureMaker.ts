import { type CodedRect, MAX_IMAGE_PIXELS, MAX_TILE_PIXELS, type Picture, type Rect } from '@porthole/protocol';
import type { ScreenSource } from '../../backend.ts';
import type { SharedCoders } from '../coders/sharedCoders.ts';
import type { VideoCoder } from '../coders/videoCoder.ts';
import { CodingChoice } from './codingChoice.ts';
import type { DirtyRegion } from './dirtyRegion.ts';
import type { DisplayReader } from './displayReader.ts';
import { FilmCoder } from './filmCoder.ts';
import { Motion } from './motion.ts';
import { type Made, type PicturePlan, PictureWork } from './pictureWork.ts';
import type { SentPicture } from './sentPicture.ts';
import { StillCoder } from './stillCoder.ts';

/** Pixels grabbed for one picture at most. */
const GRAB_PIXELS = 1 << 23;
/**
 * A picture that only makes exact holds what the link carries in this time (ms): it shall not be in the way of a change, and
 * two of them under way keep a link busy.
 */
const REFINE_LINK_MS = 20;
/**
 * Pixels of one part of it, a byte each at worst: what the link carries in this time (ms). Larger ones leave the link idle
 * between one and the next, smaller ones are coded worse.
 */
const REFINE_TILE_MS = 45;
/** Rough areas this long quiet are sent again without loss, in ms. */
export const QUIET_MS = 100;

/** What a `PictureMaker` works with; it closes the video. */
export interface MakerParts {
  sent: SentPicture;
  reader: DisplayReader;
  coders: SharedCoders;
  video: VideoCoder;
}

/** Makes pictures of one view: what keeps moving as a video, and all else part by part; later, what was rough anew. */
export class PictureMaker {
  readonly #sent: SentPicture;
  readonly #reader: DisplayReader;
  readonly #choice = new CodingChoice();
  readonly #motion: Motion;
  readonly #film: FilmCoder;
  readonly #still: StillCoder;

  constructor({ sent, reader, coders, video }: MakerParts) {
    this.#sent = sent;
    this.#reader = reader;
    this.#motion = new Motion(sent.kernel.width, sent.kernel.height);
    this.#film = new FilmCoder({ sent, motion: this.#motion, choice: this.#choice, video });
    this.#still = new StillCoder({ sent, choice: this.#choice, coders });
  }

  /** True when what viewers have is what was last seen of the display, bit for bit. */
  get isExact(): boolean {
    return this.#sent.lossy.isEmpty;
  }

  /** In how many ms somebody may join who was out since `leftAt`: while there is a video, joining costs everybody a key. */
  joinIn(leftAt: number, now: number): number {
    return this.#film.joinIn(leftAt, now);
  }

  /** Somebody joined: the video goes on with a key. `rough`: what this viewer has only roughly. */
  joined(rough: readonly Rect[], now: number): void {
    this.#film.joined();
    for (const rect of rough) this.#sent.lossy.mark(rect, now);
  }

  /** Everything must be sent again. */
  forget(): void {
    this.#sent.forget();
  }

  /** When there is something to refine; infinite when there is not. */
  get refineAt(): number {
    return this.#sent.lossy.nextQuiet(QUIET_MS);
  }

  /** A viewer's answer about a picture: its coding took so long there. */
  learn({ means, meansPixels }: Pick<Made, 'means' | 'meansPixels'>, decodeMs: number): void {
    if (means) this.#choice.learn(means, meansPixels, { decodeMs });
  }

  /** Codes what is dirty, and takes it out of `dirty`; what does not fit into one picture stays there. */
  async make(source: ScreenSource, dirty: DirtyRegion, plan: PicturePlan): Promise<Made> {
    const work = new PictureWork(plan);
    await this.#film.code(dirty, work, (rect) => this.#reader.read(source, rect));
    for (const rect of dirty.take(GRAB_PIXELS)) {
      if (work.isFull) {
        dirty.add(rect);
        continue;
      }
      const pixels = await work.capture(() => this.#reader.read(source, rect));
      for (const left of work.code(() => this.#still.codeRect(rect, pixels, work))) dirty.add(left);
    }
    this.#motion.changed(work.dear, plan.now);
    return work.finish();
  }

  /** Codes rough parts that are quiet, without loss, as they were last sent. */
  async refine(plan: PicturePlan): Promise<Made> {
    const work = new PictureWork(plan, REFINE_LINK_MS);
    const begun = performance.now();
    const tilePixels = Math.min(MAX_TILE_PIXELS, plan.rate * REFINE_TILE_MS);
    for (const rect of this.#sent.lossy.quiet(plan.now - QUIET_MS, { pixels: MAX_IMAGE_PIXELS, tilePixels })) {
      if (work.isFull) break;
      work.add(await this.#still.encodeExact(rect, plan.rate));
      this.#sent.lossy.clear(rect, plan.now);
    }
    work.made.encodeMs = performance.now() - begun;
    return work.finish();
  }

  /** Codes a part for one viewer alone, as all were last sent it. `isRough` says that something was lost. */
  encodeOwed(rect: Rect, picture: Picture): { coded: CodedRect[]; isRough: boolean } {
    return this.#still.encodeOwed(rect, picture);
  }

  close(): void {
    this.#film.close();
  }
}
