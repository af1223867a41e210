import { type CodedRect, decodeVideoPiece } from '@porthole/protocol';
import { loadAv } from '../../packages/agent/src/features/screen/host/coders/video/av.ts';
import { VideoDecoder } from '../support/videoDecoder.ts';

const av = await loadAv();

/** The videos of one viewer, decoded by FFmpeg. Believes nothing: a stream that does not start with a key is an error. */
export class VideoStreams {
  #stream = -1;
  #decoder: VideoDecoder | undefined;
  #pieces: Uint8Array[] = [];

  /** R G B A of the rectangle; undefined while pieces of it are missing. */
  decode(rect: CodedRect): Uint8Array | undefined {
    const { stream, key, more, bytes } = decodeVideoPiece(rect.bytes);
    if (stream !== this.#stream || key) this.#start(stream, key);
    this.#pieces.push(bytes);
    if (more) return undefined;
    const shown = this.#decoder?.decode(Buffer.concat(this.#pieces.splice(0)));
    if (shown?.width !== rect.width || shown.height !== rect.height) throw new Error('video of another size');
    const rgba = new Uint8Array(rect.width * rect.height * 4);
    for (let y = 0; y < rect.height; y++) {
      for (let x = 0; x < rect.width; x++) {
        const from = y * shown.stride + x * 4;
        const [blue = 0, green = 0, red = 0] = shown.data.subarray(from, from + 3);
        rgba.set([red, green, blue, 255], (y * rect.width + x) * 4);
      }
    }
    return rgba;
  }

  #start(stream: number, key: boolean): void {
    if (stream === this.#stream && this.#pieces.length > 0) return;
    if (!key) throw new Error('a video that starts without a key');
    if (stream === this.#stream) return;
    this.#decoder?.[Symbol.dispose]();
    this.#decoder = VideoDecoder.openWith(av);
    this.#stream = stream;
    this.#pieces = [];
  }
}
