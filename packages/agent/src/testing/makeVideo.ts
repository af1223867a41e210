import { FormatContext, type FormatContext as Output } from 'node-av/lib';
import { type Av, check, loadAv } from '../features/files/thumbnails/host/av.ts';

const FRAMES = 50;

/** Writes a video of two seconds that goes from black to white, in MPEG-4 part 2; the ending of the path says in what it is wrapped. */
export async function makeVideo(path: string, { width, height }: { width: number; height: number }): Promise<void> {
  const av = await loadAv();
  const output = new FormatContext();
  check(output.allocOutputContext2(null, null, path), 'not a known ending');
  const codec = av.Codec.findEncoder(av.AV_CODEC_ID_MPEG4);
  if (!codec) throw new Error('no encoder');
  const context = new av.CodecContext();
  context.allocContext3(codec);
  Object.assign(context, {
    width,
    height,
    pixelFormat: av.AV_PIX_FMT_YUV420P,
    timeBase: new av.Rational(1, 25),
    threadCount: 1,
  });
  context.setFlags(av.AV_CODEC_FLAG_GLOBAL_HEADER);
  check(context.open2Sync(codec), 'the encoder does not open');
  const stream = output.newStream(null);
  check(stream.codecpar.fromContext(context), 'no parameters');
  stream.timeBase = context.timeBase;
  check(output.openOutputSync(), 'not writable');
  check(output.writeHeaderSync(), 'no header');
  encode(av, { context, output, width, height });
  check(output.writeTrailerSync(), 'no end');
  output.closeOutputSync();
  output.freeContext();
  context.freeContext();
}

interface Encoding {
  context: InstanceType<Av['CodecContext']>;
  output: Output;
  width: number;
  height: number;
}

function encode(av: Av, { context, output, width, height }: Encoding): void {
  const packet = new av.Packet();
  packet.alloc();
  const drain = () => {
    while (context.receivePacketSync(packet) >= 0) {
      packet.streamIndex = 0;
      packet.rescaleTs(context.timeBase, output.streams[0]?.timeBase ?? context.timeBase);
      check(output.interleavedWriteFrameSync(packet), 'not writable');
    }
  };
  for (let at = 0; at < FRAMES; at++) {
    const frame = new av.Frame();
    frame.alloc();
    Object.assign(frame, { width, height, format: av.AV_PIX_FMT_YUV420P, pts: BigInt(at) });
    check(frame.getBuffer(0), 'no memory');
    for (const [plane, data] of (frame.data ?? []).entries()) data.fill(plane === 0 ? 16 + at * 4 : 128);
    check(context.sendFrameSync(frame), 'not encodable');
    frame.free();
    drain();
  }
  context.sendFrameSync(null);
  drain();
  packet.free();
}
