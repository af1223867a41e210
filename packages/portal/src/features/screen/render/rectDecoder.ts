import type { PixelDecoder } from '@porthole/pixels/decoder';
import { type CodedRect, Coder, decodeCopy, WireError } from '@porthole/protocol';
import { frameStep } from './frameStep.ts';
import { decodeImage } from './imageDecoder.ts';
import { PixelPool } from './pixelPool.ts';
import { liesWithin, type Step } from './steps.ts';
import { decodeSolid, decodeTile } from './tileDecoder.ts';
import { VideoStreams } from './videoStreams.ts';
import { VideoUnits } from './videoUnits.ts';

export interface Size {
  width: number;
  height: number;
}

/** Turns coded rectangles into steps, lossless ones at once, images and video later. */
export class RectDecoder {
  readonly #units = new VideoUnits();
  readonly #streams = new VideoStreams();
  readonly #pool = new PixelPool();
  #size: Size = { width: 0, height: 0 };
  #kernel: PixelDecoder | undefined;

  /** Tiles are decoded by this from now on. */
  accelerate(kernel: PixelDecoder | undefined): void {
    this.#kernel = kernel;
  }

  /** Nothing outside of a picture of this size is accepted. */
  resize(size: Size): void {
    this.#size = size;
  }

  /**
   * Undefined when the rectangle adds nothing yet (a piece of a video frame). Throws or rejects, mostly with `WireError`,
   * when it cannot be decoded.
   */
  decode(rect: CodedRect): Step | Promise<Step> | undefined {
    if (!liesWithin(rect, this.#size)) throw new WireError('outside of the display');
    const { x, y, width, height, coder, bytes } = rect;
    switch (coder) {
      case Coder.solid:
        return { kind: 'fill', x, y, width, height, coder, colour: decodeSolid(bytes) };
      case Coder.palette: {
        const rgba = this.#kernel?.palette(bytes, width * height) ?? decodeTile(rect).rgba;
        return { kind: 'pixels', x, y, width, height, coder, rgba, rowPixels: width };
      }
      case Coder.rgb: {
        const rgba = this.#kernel?.rgb(bytes, width, height) ?? decodeTile(rect).rgba;
        return { kind: 'pixels', x, y, width, height, coder, rgba, rowPixels: width };
      }
      case Coder.copy:
        return this.#copy(rect);
      case Coder.jpeg:
      case Coder.webp:
        return decodeImage({ ...rect, coder }, this.#pool);
      case Coder.video:
        return this.#video(rect);
    }
  }

  /** Memory of steps that are painted. */
  recycle(buffers: readonly ArrayBuffer[]): void {
    this.#pool.give(buffers);
  }

  /** A picture is over. Answers whether it left a video frame without its end. */
  endPicture(): boolean {
    return this.#units.end();
  }

  /** Gives up what is being decoded; video goes on with the next key. Answers whether video was owed. */
  reset(): boolean {
    this.#units.end();
    this.#pool.clear();
    return this.#streams.reset();
  }

  #copy({ x, y, width, height, coder, bytes }: CodedRect): Step {
    const from = decodeCopy(bytes);
    if (!liesWithin({ ...from, width, height }, this.#size)) throw new WireError('copied from outside of the display');
    return { kind: 'copy', x, y, width, height, coder, fromX: from.x, fromY: from.y };
  }

  #video(rect: CodedRect): Promise<Step> | undefined {
    const unit = this.#units.add(rect);
    return unit && this.#streams.decode(unit).then((frame) => frameStep(frame, unit.rect, this.#pool));
  }
}
