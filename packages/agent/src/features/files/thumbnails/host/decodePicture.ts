import type { CodecContext, FormatContext, Frame, Stream } from 'node-av/lib';
import { type Av, check, setOptions } from './av.ts';
import { openMedia } from './openMedia.ts';
import { pictureStream } from './pictureStream.ts';
import { orientationOfMatrix } from './turnUpright.ts';

/** Packets after which a picture should have come. */
const MAX_PACKETS = 300;
const MAX_PIXELS = 100e6;
/** Most videos begin in black: a tenth is skipped, up to this many microseconds. */
const MAX_SKIP = 10_000_000n;

/** One decoded frame, its owner closes it; `orientation` is what the container says, as EXIF counts. */
export interface Decoded extends Disposable {
  frame: Frame;
  orientation: number;
}

/** Decodes one telling picture of an image or a video. Throws when there is none. */
export function decodePicture(av: Av, path: string): Decoded {
  using open = openMedia(av, path);
  const { input } = open;
  const stream = pictureStream(av, input);
  const { width, height } = stream.codecpar;
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) throw new Error('too large');
  skipBeginning(av, input);
  const frame = decodeFirst(av, input, stream);
  const matrix =
    stream.codecpar.getCodedSideData(av.AV_PKT_DATA_DISPLAYMATRIX) ?? frame.getSideData(av.AV_FRAME_DATA_DISPLAYMATRIX);
  return { frame, orientation: orientationOfMatrix(matrix), [Symbol.dispose]: () => frame.free() };
}

function skipBeginning(av: Av, input: FormatContext): void {
  const { duration } = input;
  if (duration <= 1_000_000n) return;
  const tenth = duration / 10n;
  // Where it cannot be sought, the beginning will do.
  input.seekFrameSync(-1, tenth < MAX_SKIP ? tenth : MAX_SKIP, av.AVSEEK_FLAG_BACKWARD);
}

function decodeFirst(av: Av, input: FormatContext, stream: Stream): Frame {
  const codec = av.Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new Error('no decoder');
  const context = new av.CodecContext();
  context.allocContext3(codec);
  const frame = new av.Frame();
  frame.alloc();
  try {
    check(stream.codecpar.toContext(context), 'its coding is not known');
    context.threadCount = 1;
    setOptions(context, { max_pixels: MAX_PIXELS });
    check(context.open2Sync(codec), 'its coding is not known');
    feed(av, { input, context, index: stream.index }, frame);
    return frame;
  } catch (error) {
    frame.free();
    throw error;
  } finally {
    context.freeContext();
  }
}

interface Feed {
  input: FormatContext;
  context: CodecContext;
  index: number;
}

/** Reads packets until a frame comes out. */
function feed(av: Av, { input, context, index }: Feed, frame: Frame): void {
  const packet = new av.Packet();
  packet.alloc();
  try {
    for (let at = 0; at < MAX_PACKETS && input.readFrameSync(packet) >= 0; at++) {
      if (packet.streamIndex === index) context.sendPacketSync(packet);
      packet.unref();
      if (context.receiveFrameSync(frame) >= 0) return;
    }
    context.sendPacketSync(null);
    check(context.receiveFrameSync(frame), 'no picture came out');
  } finally {
    packet.free();
  }
}
