import { SWS_BILINEAR } from 'node-av/constants';
import type { CodecContext, Frame, SoftwareScaleContext } from 'node-av/lib';
import type { Pixels } from '../../packages/agent/src/features/screen/backend.ts';
import { type Av, loadAv } from '../../packages/agent/src/features/screen/host/coders/video/av.ts';

/** FFmpeg's own H.264 decoder, as a viewer that believes what the stream says of its colours. */
export class VideoDecoder implements Disposable {
  readonly #av: Av;
  readonly #context: CodecContext;
  readonly #decoded: Frame;
  readonly #shown: Frame;
  readonly #scaler: SoftwareScaleContext;

  private constructor(av: Av) {
    this.#av = av;
    this.#context = new av.CodecContext();
    this.#decoded = new av.Frame();
    this.#decoded.alloc();
    this.#shown = new av.Frame();
    this.#shown.alloc();
    this.#scaler = new av.SoftwareScaleContext();
    this.#scaler.allocContext();
    this.#scaler.setOption('sws_flags', SWS_BILINEAR, av.AV_OPT_TYPE_FLAGS);
  }

  static async open(): Promise<VideoDecoder> {
    return VideoDecoder.openWith(await loadAv());
  }

  static openWith(av: Av): VideoDecoder {
    const decoder = new VideoDecoder(av);
    const codec = av.Codec.findDecoder(av.AV_CODEC_ID_H264);
    decoder.#context.allocContext3(codec);
    decoder.#context.threadCount = 1;
    decoder.#context.open2Sync(codec);
    return decoder;
  }

  /** The picture of one access unit as BGRX; undefined when the decoder does not let it out at once. */
  decode(bytes: Uint8Array): Pixels | undefined {
    const packet = new this.#av.Packet();
    packet.alloc();
    packet.data = Buffer.from(bytes);
    const sent = this.#context.sendPacketSync(packet);
    packet.free();
    if (sent < 0) throw new Error(`not decodable (${sent})`);
    if (this.#context.receiveFrameSync(this.#decoded) < 0) return undefined;
    return this.#show();
  }

  [Symbol.dispose](): void {
    this.#context.freeContext();
    this.#scaler.freeContext();
    this.#decoded.free();
    this.#shown.free();
  }

  #show(): Pixels {
    const { width, height } = this.#decoded;
    const shown = this.#shown;
    shown.unref();
    shown.width = width;
    shown.height = height;
    shown.format = this.#av.AV_PIX_FMT_BGR0;
    shown.getBuffer(0);
    shown.colorSpace = this.#av.AVCOL_SPC_RGB;
    shown.colorRange = this.#av.AVCOL_RANGE_JPEG;
    const scaled = this.#scaler.scaleFrameSync(shown, this.#decoded);
    this.#decoded.unref();
    const [data] = shown.data ?? [];
    if (scaled < 0 || !data) throw new Error(`not showable (${scaled})`);
    return { data: Uint8Array.from(data), stride: shown.linesize[0] ?? 0, width, height };
  }
}

/** Peak signal to noise ratio of the colours of two pictures, in dB; infinite when they are equal. */
export function psnr(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError('pictures of different sizes');
  let squares = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width * 4; x++) {
      if (x % 4 !== 3) squares += ((a.data[y * a.stride + x] ?? 0) - (b.data[y * b.stride + x] ?? 0)) ** 2;
    }
  }
  return 10 * Math.log10(255 ** 2 / (squares / (a.width * a.height * 3)));
}
