import type { Frame, SoftwareScaleContext } from 'node-av/lib';
import type { Pixels } from '../../../backend.ts';
import { type Av, markBt709 } from './av.ts';

export interface ConverterOptions {
  width: number;
  height: number;
  pixels: 'yuv420p' | 'nv12';
  threads: number;
}

/** Turns BGRX pixels into the frames that encoders take: 4:2:0, BT.709, limited range. One size for its life. */
export class FrameConverter {
  readonly #source: Frame;
  readonly #target: Frame;
  readonly #scaler: SoftwareScaleContext;
  #isClosed = false;

  constructor(av: Av, { width, height, pixels, threads }: ConverterOptions) {
    this.#source = newFrame(av, { width, height, format: av.AV_PIX_FMT_BGR0 });
    this.#source.colorSpace = av.AVCOL_SPC_RGB;
    this.#source.colorRange = av.AVCOL_RANGE_JPEG;
    this.#source.colorPrimaries = av.AVCOL_PRI_BT709;
    this.#source.colorTrc = av.AVCOL_TRC_BT709;
    const format = pixels === 'nv12' ? av.AV_PIX_FMT_NV12 : av.AV_PIX_FMT_YUV420P;
    this.#target = newFrame(av, { width, height, format });
    markBt709(av, this.#target);
    this.#scaler = new av.SoftwareScaleContext();
    this.#scaler.allocContext();
    this.#scaler.setOption('sws_flags', av.SWS_BILINEAR, av.AV_OPT_TYPE_FLAGS);
    this.#scaler.setOption('threads', threads, av.AV_OPT_TYPE_INT);
  }

  /** `pixels` are read before it returns. The frame is the converter's, and valid until the next call. */
  async convert(pixels: Pixels): Promise<Frame> {
    copyRows(pixels, this.#source);
    // An encoder may still hold the last picture.
    check(this.#target.makeWritable(), 'the frame cannot be written');
    check(await this.#scaler.scaleFrame(this.#target, this.#source), 'colours cannot be converted');
    return this.#target;
  }

  /** Must not be called while a conversion runs. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#scaler.freeContext();
    this.#source.free();
    this.#target.free();
  }
}

/** A frame with memory of its own; who asked for it frees it. */
function newFrame(av: Av, { width, height, format }: Pick<Frame, 'width' | 'height' | 'format'>): Frame {
  const frame = new av.Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  check(frame.getBuffer(0), 'no memory for a frame');
  return frame;
}

function copyRows({ data, stride, width, height }: Pixels, frame: Frame): void {
  const [plane] = frame.data ?? [];
  const [pitch] = frame.linesize;
  if (!plane || !pitch) throw new Error('the frame has no memory');
  if (pitch === stride && data.byteLength <= plane.byteLength) return plane.set(data);
  for (let y = 0; y < height; y++) plane.set(data.subarray(y * stride, y * stride + width * 4), y * pitch);
}

/** FFmpeg says by negative numbers that something failed. */
export function check(code: number, sentence: string): void {
  if (code < 0) throw new Error(`${sentence} (${code})`);
}
