import type { CodedRect, Rect } from '@porthole/protocol';
import type { Pixels } from '../../backend.ts';
import type { FromScreenHost } from '../hostMessages.ts';
import { openVideoEncoder } from './video/openVideoEncoder.ts';
import type { OpenVideoEncoder, VideoEncoder, VideoOptions } from './video/videoEncoder.ts';
import type { VideoEvents } from './videoCoder.ts';
import { encodeWebp } from './webpCoder.ts';

/** The coders that may be missing or break; a stand-in may take the place of each. */
export interface FragileCoders {
  openEncoder: OpenVideoEncoder;
  encodeWebp: typeof encodeWebp;
}

/**
 * The coders that all pictures of this process share, and what is known of them: whether WebP is to be had, and whether the
 * hardware may be used. Tells the agent what broke, and while video is in use.
 */
export class SharedCoders implements VideoEvents {
  readonly #report: (message: FromScreenHost) => void;
  readonly #coders: FragileCoders;
  #lacksWebp = false;
  #hardware = true;
  #videos = 0;

  constructor(report: (message: FromScreenHost) => void, standIns: Partial<FragileCoders> = {}) {
    this.#report = report;
    this.#coders = { openEncoder: openVideoEncoder, encodeWebp, ...standIns };
  }

  /** From the next encoder on, only software codes video. */
  avoidHardware(): void {
    this.#hardware = false;
  }

  /** Opens an encoder of video; see `openVideoEncoder`. */
  openEncoder(options: VideoOptions): Promise<VideoEncoder> {
    return this.#coders.openEncoder({ ...options, hardware: this.#hardware });
  }

  /** See `encodeWebp`; undefined where it is not to be had, which is tried once and told once. */
  async webp(rect: Rect, pixels: Pixels, offset: number): Promise<CodedRect | undefined> {
    if (this.#lacksWebp) return undefined;
    try {
      return await this.#coders.encodeWebp(rect, pixels, offset);
    } catch (error) {
      this.#lacksWebp = true;
      this.trouble(`Lossless WebP is not to be had: ${String(error)}`);
      return undefined;
    }
  }

  /** The videos of several monitors count as one. */
  inUse(isInUse: boolean): void {
    const before = this.#videos;
    this.#videos += isInUse ? 1 : -1;
    if (before === 0 || this.#videos === 0) this.#report({ type: 'video', isInUse });
  }

  trouble(reason: string): void {
    this.#report({ type: 'trouble', reason });
  }
}
