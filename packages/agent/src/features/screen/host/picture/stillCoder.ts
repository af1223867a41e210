import type { Plane } from '@porthole/pixels';
import { type CodedRect, Coder, encodeCopy, MAX_IMAGE_PIXELS, type Picture, type Rect } from '@porthole/protocol';
import type { Pixels } from '../../backend.ts';
import { encodeJpeg } from '../coders/jpegCoder.ts';
import { encodeDrawn, encodeRgb } from '../coders/losslessCoder.ts';
import type { SharedCoders } from '../coders/sharedCoders.ts';
import type { CodingChoice } from './codingChoice.ts';
import { contains } from './dirtyRegion.ts';
import type { PictureWork } from './pictureWork.ts';
import type { SentPicture } from './sentPicture.ts';
import { isNatural, sortTiles } from './sortTiles.ts';
import { joinBands, pixelsOf, splitTiles } from './tiles.ts';

/** Images are not cut smaller than this to what the link carries, in pixels. */
const LEAST_IMAGE = 8_192;
/** Smaller areas are sent without loss whatever they show, in pixels. */
const SMALL = 4_096;
/** Smaller changes are sooner coded than searched for moves, in pixels. */
const MOVE_MIN = 128 * 64;
/** Below this rate (bytes per ms) WebP is sooner than deflate: it takes 0.2 us more per pixel, and half a byte less. */
const WEBP_RATE = 2_500;

/** What a `StillCoder` works with. */
export interface StillParts {
  sent: SentPicture;
  choice: CodingChoice;
  coders: SharedCoders;
}

/** A rectangle that was read, its pixels, and the part of it that is meant. */
interface StagedPart {
  rect: Rect;
  part: Rect;
  pixels: Pixels;
}

/** Codes parts of a picture one by one, each by what it shows: moves, drawn tiles, photographs. */
export class StillCoder {
  readonly #sent: SentPicture;
  readonly #choice: CodingChoice;
  readonly #coders: SharedCoders;

  constructor({ sent, choice, coders }: StillParts) {
    this.#sent = sent;
    this.#choice = choice;
    this.#coders = coders;
  }

  /** Codes what has to be sent of a staged rectangle; answers what there was no room for. */
  codeRect(rect: Rect, pixels: Pixels, work: PictureWork): Rect[] {
    const left: Rect[] = [];
    const most = this.#imagePixels(work);
    for (const part of this.#changesBesideMoves(rect, work).flatMap((part) => splitTiles(part, most))) {
      if (work.isFull) left.push(part);
      else this.#codePart({ rect, part, pixels }, work);
    }
    return left;
  }

  /** Codes a part without loss, as it was last sent: as small as possible where the link is what takes the time. */
  async encodeExact(rect: Rect, rate: number): Promise<CodedRect> {
    const sent = this.#sent;
    const drawn = encodeDrawn(sent.kernel, 'shadow', rect);
    if (drawn) return drawn;
    const webp = rate > WEBP_RATE ? undefined : await this.#coders.webp(rect, sent.pixels, sent.offsetOf(rect));
    return webp ?? encodeRgb(sent.kernel, 'shadow', rect);
  }

  /** Codes a part for one viewer alone, as all were last sent it. `isRough` says that something was lost. */
  encodeOwed(rect: Rect, picture: Picture): { coded: CodedRect[]; isRough: boolean } {
    const sent = this.#sent;
    const { drawn, natural } = sortTiles(sent.kernel, 'shadow', rect);
    const isRough = picture !== 'sharp' && pixelsOf(natural) > SMALL;
    const quality = qualityOf(picture);
    const rest = isRough
      ? imagesOf(natural).map((part) => encodeJpeg(part, sent.pixels, { offset: sent.offsetOf(part), quality }))
      : natural.map((part) => encodeRgb(sent.kernel, 'shadow', part));
    return { coded: [...drawn, ...rest], isRough };
  }

  /** Pixels that are coded between two looks at whether the picture is full. */
  #imagePixels({ mostBytes }: PictureWork): number {
    const fitting = mostBytes / this.#choice.bytesOf('jpeg', 1);
    return Math.floor(Math.min(MAX_IMAGE_PIXELS, Math.max(LEAST_IMAGE, fitting)));
  }

  /** Codes what only moved inside a staged rectangle; answers what else has to be sent of it. */
  #changesBesideMoves(rect: Rect, work: PictureWork): Rect[] {
    const changes = this.#sent.changesIn(rect);
    if (pixelsOf(changes) < MOVE_MIN || !this.#sent.knows(rect)) return changes;
    const moves = this.#sent.kernel.findMoves(rect);
    for (const { from, to } of moves) {
      work.add({ ...to, coder: Coder.copy, bytes: encodeCopy(from.x, from.y) });
      this.#sent.move(from, to, work.plan.now);
    }
    return moves.length > 0 ? this.#sent.changesIn(rect) : changes;
  }

  #codePart({ rect, part, pixels }: StagedPart, work: PictureWork): void {
    const plane: Plane = { staged: rect };
    const { kernel } = this.#sent;
    const { drawn, natural } = this.#isFilm(plane, part, work)
      ? { drawn: [], natural: [part] }
      : sortTiles(kernel, plane, part);
    for (const coded of drawn) work.add(coded);
    this.#sent.accept(rect, part, work.plan.now);
    const isExact = work.plan.picture === 'sharp' || pixelsOf(natural) <= SMALL;
    if (isExact) for (const tile of natural) work.add(encodeRgb(kernel, plane, tile));
    else {
      work.dear.push(...natural);
      for (const piece of imagesOf(natural)) this.#codeJpeg({ rect, part: piece, pixels }, work);
    }
  }

  /** Inside an area in lasting motion a glance is enough. */
  #isFilm(plane: Plane, part: Rect, { film, plan }: PictureWork): boolean {
    if (!film || plan.picture === 'sharp' || !contains(film, part)) return false;
    return isNatural(this.#sent.kernel, plane, part);
  }

  #codeJpeg({ rect, part, pixels }: StagedPart, work: PictureWork): void {
    const { picture, now } = work.plan;
    const offset = (part.y - rect.y) * pixels.stride + (part.x - rect.x) * 4;
    const begun = performance.now();
    const coded = encodeJpeg(part, pixels, { offset, quality: qualityOf(picture) });
    work.add(coded);
    this.#sent.lossy.mark(part, now);
    const [codeMs, bytes] = [performance.now() - begun, coded.bytes.byteLength];
    this.#choice.learn('jpeg', pixelsOf([part]), { codeMs, bytes });
  }
}

/** What is coded as one image each: as large as the wire allows. */
function imagesOf(natural: readonly Rect[]): Rect[] {
  return joinBands(natural, MAX_IMAGE_PIXELS).flatMap((rect) => splitTiles(rect, MAX_IMAGE_PIXELS));
}

function qualityOf(picture: Picture): number {
  return picture === 'light' ? 50 : 80;
}
