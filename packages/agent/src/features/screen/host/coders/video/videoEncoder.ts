import type { Pixels } from '../../../backend.ts';

/** One coded picture. */
export interface VideoFrame {
  /** An access unit of H.264 in Annex B; with a key, parameter sets come first. */
  bytes: Uint8Array;
  key: boolean;
}

/** A running video of one size. The opener owns it and closes it. */
export interface VideoEncoder {
  /** WebCodecs codec string of the stream since its last key, such as 'avc1.4D401F'. */
  readonly codec: string;
  /** Which encoder it is, by its name in FFmpeg. */
  readonly encoder: string;
  /**
   * One picture in, one out. `pixels` have exactly the size that was opened, and are read before the promise resolves. A key
   * comes when asked for, and as the first picture; an encoder that must begin anew makes one unasked. One call at a time.
   * Rejects when the encoder is closed, broken or hangs: it is of no more use then, and another one should be opened.
   */
  encode(pixels: Pixels, options: { key: boolean }): Promise<VideoFrame>;
  /**
   * From the next picture on; what is not above 0 is ignored. Bytes per second and pictures per second. Each picture is held to its share of them, a key to
   * four; only where even the coarsest picture is larger does it come out larger.
   */
  setRate(bytesPerSecond: number, fps: number): void;
  /** Idempotent. */
  close(): void;
}

/** What an encoder is opened for. */
export interface VideoOptions {
  /** In pixels; both even, and at least 16. */
  width: number;
  height: number;
  /** Codec strings that the viewer decodes. */
  codecs: readonly string[];
  bytesPerSecond: number;
  fps: number;
  /** False where hardware took the process down before; true when left out. */
  hardware?: boolean;
}

/** Opens an encoder; see `openVideoEncoder`. A stand-in may take its place. */
export type OpenVideoEncoder = (options: VideoOptions) => Promise<VideoEncoder>;
