import type { CodedRect, Rect } from '@porthole/protocol';
import type { Pixels } from '../../backend.ts';
import type { VideoCoder } from '../coders/videoCoder.ts';
import type { CodingChoice } from './codingChoice.ts';
import { type DirtyRegion, intersect } from './dirtyRegion.ts';
import type { Motion } from './motion.ts';
import type { PicturePlan, PictureWork } from './pictureWork.ts';
import type { SentPicture } from './sentPicture.ts';
import { isNatural } from './sortTiles.ts';
import { pixelsOf } from './tiles.ts';

/** Who fell out of a group with a video stays out this long, in ms. */
const REJOIN_MS = 2_000;
/** Pictures per second of a video at most; what moves faster on a slow link is not seen to do so. */
const MAX_FPS = 30;
/** Most bytes per second of a video, whatever the link carries. */
const MAX_RATE = 4_000_000;
/** How much of the link's rate a video may take; the second where little data is wanted. */
const SHARES = { usual: 0.8, light: 0.35 } as const;

/** What a `FilmCoder` works with; it closes the video. */
export interface FilmParts {
  sent: SentPicture;
  motion: Motion;
  choice: CodingChoice;
  video: VideoCoder;
}

/** Codes the region in lasting motion as a video, where that is the soonest means. */
export class FilmCoder {
  readonly #parts: FilmParts;

  constructor(parts: FilmParts) {
    this.#parts = parts;
  }

  /** In how many ms somebody may join who was out since `leftAt`: while there is a video, joining costs everybody a key. */
  joinIn(leftAt: number, now: number): number {
    const { video } = this.#parts;
    return video.region ? Math.max(0, leftAt + REJOIN_MS - now, video.keyIn(now)) : 0;
  }

  /** Somebody joined: the video goes on with a key. */
  joined(): void {
    this.#parts.video.needKey();
  }

  close(): void {
    this.#parts.video.close();
  }

  /** Codes what is dirty of the region in motion, if any, and takes it out of `dirty`; `read` stages a rectangle. */
  async code(dirty: DirtyRegion, work: PictureWork, read: (rect: Rect) => Promise<Pixels>): Promise<void> {
    const { motion, video } = this.#parts;
    const { now } = work.plan;
    video.tidy(now);
    work.film = motion.region(now);
    if (!work.film || !this.#wantsVideo(work.film, work.plan)) return;
    this.#want(work.film, work.plan);
    const place = video.region;
    if (!place || !dirty.rects.some((rect) => intersect(rect, place))) return;
    const pixels = await work.capture(() => read(place));
    dirty.remove(place);
    if (!(await this.#codeRegion(place, pixels, work))) dirty.add(place);
  }

  #wantsVideo(region: Rect, { picture, codecs, rate, now }: PicturePlan): boolean {
    const { video, choice } = this.#parts;
    if (picture === 'sharp' || codecs.length === 0 || !video.isUsable(now)) return false;
    return picture !== 'auto' || choice.choose({ pixels: pixelsOf([region]), rate, now }) === 'video';
  }

  #want(region: Rect, { picture, codecs, rate, maxFps, now }: PicturePlan): void {
    const share = picture === 'light' ? SHARES.light : SHARES.usual;
    const bytesPerSecond = Math.min(rate * 1000 * share, MAX_RATE);
    this.#parts.video.want({ region, codecs, bytesPerSecond, fps: Math.min(MAX_FPS, maxFps) }, now);
  }

  /** False when the encoder failed, and nothing was coded. */
  async #codeRegion(place: Rect, pixels: Pixels, work: PictureWork): Promise<boolean> {
    const { sent, choice, video } = this.#parts;
    const { now } = work.plan;
    const changed = sent.changesIn(place);
    if (changed.length === 0) return true;
    // What is drawn where a film was is no film: without its share the region is soon given up.
    work.dear.push(...changed.filter((part) => isNatural(sent.kernel, { staged: place }, part)));
    const begun = performance.now();
    const coded = await video.encode(pixels, now);
    if (!coded) return false;
    sent.accept(place, place, now);
    sent.lossy.mark(place, now);
    for (const rect of coded) work.add(rect);
    const codeMs = performance.now() - begun;
    work.made.encodeMs += codeMs;
    choice.learn('video', pixelsOf([place]), { codeMs, bytes: bytesOf(coded) });
    return true;
  }
}

function bytesOf(coded: readonly CodedRect[]): number {
  return coded.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}
