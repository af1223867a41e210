import type { CodecContext, Frame, HardwareDeviceContext, HardwareFramesContext } from 'node-av/lib';
import type { Av } from './av.ts';
import { check } from './frameConverter.ts';

/** Pictures that the device has memory for: the one being coded, the one it is compared with, and a spare one. */
const POOL = 4;

/** Moves pictures into the memory of a graphics device, for encoders that take them only from there. Owned by its session. */
export class DeviceUpload {
  readonly #av: Av;
  readonly #device: HardwareDeviceContext;
  readonly #frames: HardwareFramesContext;
  #isClosed = false;

  /** Throws when there is no such device. */
  constructor(av: Av, kind: 'vaapi' | 'vulkan', { width, height }: { width: number; height: number }) {
    this.#av = av;
    this.#device = new av.HardwareDeviceContext();
    this.#frames = new av.HardwareFramesContext();
    const type = kind === 'vaapi' ? av.AV_HWDEVICE_TYPE_VAAPI : av.AV_HWDEVICE_TYPE_VULKAN;
    try {
      check(this.#device.create(type), `there is no ${kind} device`);
      this.#frames.alloc(this.#device);
      this.#frames.format = kind === 'vaapi' ? av.AV_PIX_FMT_VAAPI : av.AV_PIX_FMT_VULKAN;
      this.#frames.swFormat = av.AV_PIX_FMT_NV12;
      this.#frames.width = width;
      this.#frames.height = height;
      this.#frames.initialPoolSize = POOL;
      check(this.#frames.init(), `the ${kind} device has no room for pictures`);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Before the context is opened. */
  attach(context: CodecContext): void {
    context.pixelFormat = this.#frames.format;
    context.hwDeviceCtx = this.#device;
    context.hwFramesCtx = this.#frames;
  }

  /** Uploads a picture and hands it to the encoder; resolves to FFmpeg's code. */
  async send(frame: Frame, context: CodecContext): Promise<number> {
    const uploaded = new this.#av.Frame();
    uploaded.alloc();
    try {
      check(this.#frames.getBuffer(uploaded), 'the device has no memory left');
      check(await this.#frames.transferData(uploaded, frame), 'the picture does not reach the device');
      check(uploaded.copyProps(frame), 'the picture cannot be described');
      return await context.sendFrame(uploaded);
    } finally {
      uploaded.free();
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#frames.free();
    this.#device.free();
  }
}
