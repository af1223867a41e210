import jpegTurbo from '@julusian/jpeg-turbo';
import { encodeThumbnail } from '@porthole/protocol';
import { grainyPicture } from '../grainyPicture.ts';

const WIDTH = 480;
const HEIGHT = 270;
/** Really different ones; all others differ from one of these by a remark in the file. */
const COUNT = 8;

/** Small pictures as thumbnail messages: each of its own bytes, made without coding each. */
export class FleetPictures {
  readonly #jpegs: Buffer[] = [];
  #made = 0;

  /** The next one, such as the screen number `index` might look. */
  next(index: number): Uint8Array {
    const remark = Buffer.from(`picture ${++this.#made}`);
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, remark.length + 2]), remark]);
    const jpeg = this.#jpeg((index + this.#made) % COUNT);
    // Behind the two bytes with which every JPEG begins.
    return encodeThumbnail({
      width: WIDTH,
      height: HEIGHT,
      jpeg: Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]),
    });
  }

  #jpeg(which: number): Buffer {
    const known = this.#jpegs[which];
    if (known) return known;
    const { data, stride } = grainyPicture({ width: WIDTH, height: HEIGHT, index: which * 20 });
    const rows = Array.from({ length: HEIGHT }, (_, y) => data.subarray(y * stride, y * stride + WIDTH * 4));
    const jpeg = jpegTurbo.compressSync(Buffer.concat(rows), {
      format: jpegTurbo.FORMAT_BGRX,
      width: WIDTH,
      height: HEIGHT,
      subsampling: jpegTurbo.SAMP_420,
      quality: 72,
    });
    this.#jpegs[which] = jpeg;
    return jpeg;
  }
}
