import type { PixelKernel, Plane } from '@porthole/pixels';
import { type CodedRect, Coder, encodeCopy, MAX_IMAGE_PIXELS, type Picture, type Rect } from '@porthole/protocol';
import type { Pixels, ScreenSource } from '../backend.ts';
import { averageBlocks } from './averageBlocks.ts';
import { CodingChoice, type Means } from './codingChoice.ts';
import { DirtyRegion, intersect } from './dirtyRegion.ts';
import { encodeJpeg } from './jpegCoder.ts';
import { encodeDrawn, encodeLossless } from './losslessCoder.ts';
import { LossyMap } from './lossyMap.ts';
import { Motion } from './motion.ts';
import { type Made, type PicturePlan, PictureWork } from './pictureWork.ts';
import { joinBands, joinRuns, pixelsOf, splitCells, splitTiles } from './tiles.ts';
import type { VideoCoder } from './videoCoder.ts';
import type { View } from './view.ts';
import { encodeWebp } from './webpCoder.ts';

/** Pixels grabbed for one picture at most. */
const GRAB_PIXELS = 1 << 23;
/**
 * A picture that only makes exact holds what the link carries in this time (ms): it shall not be in the way of a change, and
 * two of them under way keep a link busy.
 */
const REFINE_LINK_MS = 20;
/** Images are not cut smaller than this to what the link carries, in pixels. */
const LEAST_IMAGE = 8_192;
/** Smaller areas are sent without loss whatever they show, in pixels. */
const SMALL = 4_096;
/** Smaller areas are not searched for moves, in pixels. */
const MOVE_MIN = 128 * 64;
/** Below this rate (bytes per ms) WebP is sooner than deflate: it takes 0.2 us more per pixel, and half a byte less. */
const WEBP_RATE = 2_500;
/** Who fell out of a group with a video stays out this long, in ms. */
const REJOIN_MS = 2_000;
/** From here on a part looks like a photograph; see `PixelKernel.naturalness`. */
const NATURAL = 0.4;
/** Rough areas this long quiet are sent again without loss, in ms. */
export const QUIET_MS = 100;

/**
 * Makes pictures of one view: finds what really changed, what only moved, and how to send each part. It keeps the picture
 * as viewers have it, and which parts of that are rough.
 */
export class PictureMaker {
  readonly #view: View;
  readonly #kernel: PixelKernel;
  readonly #video: VideoCoder;
  readonly #choice = new CodingChoice();
  readonly #motion: Motion;
  readonly #lossy: LossyMap;
  /** Never sent: it counts as changed, whatever it looks like. */
  readonly #unknown = new DirtyRegion();

  constructor(view: View, kernel: PixelKernel, video: VideoCoder) {
    this.#view = view;
    this.#kernel = kernel;
    this.#video = video;
    this.#motion = new Motion(view.width, view.height);
    this.#lossy = new LossyMap(view.width, view.height);
    this.forget();
  }

  /** True when what viewers have is what was last seen of the display, bit for bit. */
  get isExact(): boolean {
    return this.#lossy.isEmpty;
  }

  /** In how many ms somebody may join who was out since `leftAt`: while there is a video, joining costs everybody a key. */
  joinIn(leftAt: number, now: number): number {
    return this.#video.region ? Math.max(0, leftAt + REJOIN_MS - now, this.#video.keyIn(now)) : 0;
  }

  /** Somebody joined: the video goes on with a key. `rough`: what this viewer has only roughly. */
  joined(rough: readonly Rect[], now: number): void {
    this.#video.needKey();
    for (const rect of rough) this.#lossy.mark(rect, now);
  }

  /** Everything must be sent again. */
  forget(): void {
    this.#unknown.add(this.#view.whole);
  }

  /** When there is something to refine; infinite when there is not. */
  get refineAt(): number {
    return this.#lossy.nextQuiet(QUIET_MS);
  }

  /** A viewer's answer about a picture: its coding took so long there. */
  learn({ means, meansPixels }: Pick<Made, 'means' | 'meansPixels'>, decodeMs: number): void {
    this.#choice.learn(means, meansPixels, { decodeMs });
  }

  /** Codes what is dirty, and takes it out of `dirty`; what does not fit into one picture stays there. */
  async make(source: ScreenSource, dirty: DirtyRegion, plan: PicturePlan): Promise<Made> {
    const made: Made = { coded: [], captureMs: 0, encodeMs: 0, means: 'lossless', meansPixels: 0 };
    const work = new PictureWork(made, plan);
    this.#video.tidy(plan.now);
    await this.#makeVideo(source, dirty, work);
    for (const rect of dirty.take(GRAB_PIXELS)) {
      if (work.isFull) {
        dirty.add(rect);
        continue;
      }
      const pixels = await work.capture(() => this.#grab(source, rect));
      for (const left of work.code(() => this.#codeRect(rect, pixels, work))) dirty.add(left);
    }
    this.#motion.changed(work.dear, plan.now);
    return made;
  }

  /** Codes rough parts that are quiet, without loss, as they were last sent. */
  async refine(plan: PicturePlan): Promise<Made> {
    const made: Made = { coded: [], captureMs: 0, encodeMs: 0, means: 'lossless', meansPixels: 0 };
    const work = new PictureWork(made, plan, REFINE_LINK_MS);
    const begun = performance.now();
    for (const rect of this.#lossy.quiet(plan.now - QUIET_MS, MAX_IMAGE_PIXELS)) {
      if (work.isFull) break;
      work.add(await this.#encodeExact(rect, plan.rate));
      this.#lossy.clear(rect, plan.now);
    }
    made.encodeMs = performance.now() - begun;
    return made;
  }

  /** Codes a part without loss: as small as possible where the link is what takes the time. */
  async #encodeExact(rect: Rect, rate: number): Promise<CodedRect> {
    const drawn = encodeDrawn(this.#kernel, 'shadow', rect);
    if (drawn || rate > WEBP_RATE) return drawn ?? encodeLossless(this.#kernel, 'shadow', rect);
    return await encodeWebp(rect, this.#shadow, this.#offsetOf(rect));
  }

  /** The picture as viewers have it. */
  get #shadow(): Pixels {
    const { width, height } = this.#view;
    return { data: this.#kernel.shadow, stride: width * 4, width, height };
  }

  #offsetOf({ x, y }: Rect): number {
    return (y * this.#view.width + x) * 4;
  }

  /** Codes a part for one viewer alone, as all were last sent it. `isRough` says that something was lost. */
  encodeOwed(rect: Rect, picture: Picture): { coded: CodedRect[]; isRough: boolean } {
    const { drawn, natural } = this.#sort('shadow', [rect]);
    const isRough = picture !== 'sharp' && pixelsOf(natural) > SMALL;
    const quality = qualityOf(picture);
    const rest = isRough
      ? imagesOf(natural).map((part) => {
          return encodeJpeg(part, this.#shadow, { offset: this.#offsetOf(part), quality });
        })
      : natural.map((part) => encodeLossless(this.#kernel, 'shadow', part));
    return { coded: [...drawn, ...rest], isRough };
  }

  close(): void {
    this.#video.close();
  }

  async #grab(source: ScreenSource, rect: Rect): Promise<Pixels> {
    const grabbed = await source.grab(this.#view.toDisplay(rect));
    const { width, height } = rect;
    const length = width * height * 4;
    const staged = { data: this.#kernel.staging(length), stride: width * 4, width, height };
    if (this.#view.shrink > 1) averageBlocks(grabbed, this.#view.shrink, staged);
    else staged.data.set(grabbed.data.subarray(0, length));
    return staged;
  }

  /** Codes the part of the dirty area that a video shows, when that is the soonest means. */
  async #makeVideo(source: ScreenSource, dirty: DirtyRegion, work: PictureWork): Promise<void> {
    const { plan } = work;
    const region = this.#motion.region(plan.now);
    work.film = region;
    if (!region || !this.#wantsVideo(region, plan)) return;
    const share = plan.picture === 'light' ? 0.35 : 0.8;
    const bytesPerSecond = Math.min(plan.rate * 1000 * share, 4_000_000);
    this.#video.want({ region, codecs: plan.codecs, bytesPerSecond, fps: Math.min(30, plan.maxFps) }, plan.now);
    const place = this.#video.region;
    if (!place || !dirty.rects.some((rect) => intersect(rect, place))) return;
    const pixels = await work.capture(() => this.#grab(source, place));
    const changed = this.#kernel.diff(place);
    dirty.remove(place);
    if (changed.length === 0) return;
    // What is drawn where a film was is no film: without its share the region is soon given up.
    work.dear.push(...changed.filter((part) => this.#isNatural({ staged: place }, part)));
    const coding = performance.now();
    const coded = await this.#video.encode(pixels, plan.now);
    if (!coded) {
      dirty.add(place);
      return;
    }
    this.#accept(place, [place]);
    this.#lossy.mark(place, plan.now);
    for (const rect of coded) work.add(rect);
    const codeMs = performance.now() - coding;
    work.made.encodeMs += codeMs;
    this.#learn(work, 'video', { pixels: pixelsOf([place]), codeMs, bytes: bytesOf(coded) });
  }

  #wantsVideo(region: Rect, plan: PicturePlan): boolean {
    if (plan.picture === 'sharp' || plan.codecs.length === 0 || !this.#video.isUsable(plan.now)) return false;
    if (plan.picture !== 'auto') return true;
    const { rate, now } = plan;
    return this.#choice.choose(['jpeg', 'video'], { pixels: pixelsOf([region]), rate, now }) === 'video';
  }

  /** Codes what changed inside a grabbed rectangle; answers what there was no room for. */
  #codeRect(rect: Rect, pixels: Pixels, work: PictureWork): Rect[] {
    const isKnown = !this.#unknown.rects.some((unknown) => intersect(unknown, rect));
    if (isKnown && rect.width * rect.height >= MOVE_MIN) this.#move(rect, work);
    const parts = isKnown ? this.#kernel.diff(rect) : [rect];
    const left: Rect[] = [];
    for (const part of parts.flatMap((part) => splitTiles(part, this.#imagePixels(work)))) {
      if (work.isFull) {
        left.push(part);
        continue;
      }
      this.#codePart({ rect, part }, pixels, work);
    }
    return left;
  }

  /** Pixels that are coded between two looks at whether the picture is full. */
  #imagePixels({ mostBytes }: PictureWork): number {
    const fitting = mostBytes / this.#choice.bytesOf('jpeg', 1);
    return Math.floor(Math.min(MAX_IMAGE_PIXELS, Math.max(LEAST_IMAGE, fitting)));
  }

  #move(rect: Rect, work: PictureWork): void {
    for (const { from, to } of this.#kernel.findMoves(rect)) {
      work.add({ ...to, coder: Coder.copy, bytes: encodeCopy(from.x, from.y) });
      this.#kernel.copyWithin(from, to);
      const isRough = this.#lossy.touches({ ...to, ...from });
      this.#lossy.clear(to, work.plan.now);
      if (isRough) this.#lossy.mark(to, work.plan.now);
    }
  }

  #codePart({ rect, part }: { rect: Rect; part: Rect }, pixels: Pixels, work: PictureWork): void {
    const plane: Plane = { staged: rect };
    const { drawn, natural } = this.#isFilm(plane, part, work)
      ? { drawn: [], natural: [part] }
      : this.#sort(plane, [part]);
    for (const coded of drawn) work.add(coded);
    this.#lossy.clear(part, work.plan.now);
    this.#accept(rect, [part]);
    const isExact = work.plan.picture === 'sharp' || pixelsOf(natural) <= SMALL;
    if (!isExact) work.dear.push(...natural);
    if (isExact) for (const tile of natural) work.add(encodeLossless(this.#kernel, plane, tile));
    else for (const piece of imagesOf(natural)) this.#codeJpeg({ rect, piece }, pixels, work);
  }

  /** Inside an area in lasting motion a glance is enough. */
  #isFilm(plane: Plane, part: Rect, { film, plan }: PictureWork): boolean {
    return film !== undefined && plan.picture !== 'sharp' && isInside(part, film) && this.#isNatural(plane, part);
  }

  #isNatural(plane: Plane, part: Rect): boolean {
    return this.#kernel.naturalness(plane, part) > NATURAL;
  }

  #codeJpeg({ rect, piece }: { rect: Rect; piece: Rect }, pixels: Pixels, work: PictureWork): void {
    const offset = (piece.y - rect.y) * pixels.stride + (piece.x - rect.x) * 4;
    const begun = performance.now();
    const coded = encodeJpeg(piece, pixels, { offset, quality: qualityOf(work.plan.picture) });
    work.add(coded);
    this.#lossy.mark(piece, work.plan.now);
    const [codeMs, bytes] = [performance.now() - begun, coded.bytes.byteLength];
    this.#learn(work, 'jpeg', { pixels: pixelsOf([piece]), codeMs, bytes });
  }

  #learn(
    { made }: PictureWork,
    means: Means,
    { pixels, ...cost }: { pixels: number; codeMs: number; bytes: number },
  ): void {
    this.#choice.learn(means, pixels, cost);
    made.means = means;
    made.meansPixels += pixels;
  }

  /** Tiles that were drawn, coded; and those that look like photographs, to be coded by the caller. */
  #sort(plane: Plane, parts: readonly Rect[]): { drawn: CodedRect[]; natural: Rect[] } {
    const drawn: CodedRect[] = [];
    const natural: Rect[] = [];
    for (const tile of parts.flatMap((part) => splitTiles(part))) {
      const coded = encodeDrawn(this.#kernel, plane, tile);
      if (coded) drawn.push(coded);
      else natural.push(...this.#sortCells(plane, tile, drawn));
    }
    return { drawn, natural: joinRuns(natural) };
  }

  /**
   * A large tile of a desktop has more colours than each of its parts: only what stays manifold in the small is a photograph.
   * Where most cells are, so are the others: smooth sky, and not worth cutting a photograph to pieces.
   */
  #sortCells(plane: Plane, tile: Rect, drawn: CodedRect[]): Rect[] {
    const cells = splitCells(tile).map((cell) => ({ cell, coded: encodeDrawn(this.#kernel, plane, cell) }));
    const natural = cells.flatMap(({ cell, coded }) => (coded ? [] : [cell]));
    if (natural.length * 2 >= cells.length) return [tile];
    drawn.push(...cells.flatMap(({ coded }) => coded ?? []));
    return natural;
  }

  #accept(rect: Rect, parts: readonly Rect[]): void {
    for (const part of parts) {
      this.#kernel.accept(rect, part);
      if (!this.#unknown.isEmpty) this.#unknown.remove(part);
    }
  }
}

/** What is coded as one image each: as large as the wire allows. */
function imagesOf(natural: readonly Rect[]): Rect[] {
  return joinBands(natural, MAX_IMAGE_PIXELS).flatMap((rect) => splitTiles(rect, MAX_IMAGE_PIXELS));
}

function isInside(inner: Rect, outer: Rect): boolean {
  const both = intersect(inner, outer);
  return both?.width === inner.width && both.height === inner.height;
}

function qualityOf(picture: Picture): number {
  return picture === 'light' ? 50 : 80;
}

function bytesOf(coded: readonly CodedRect[]): number {
  return coded.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}
