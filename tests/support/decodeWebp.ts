import { loadAv } from '../../packages/agent/src/features/screen/host/coders/video/av.ts';

const av = await loadAv();

/** R G B A of a lossless WebP, by FFmpeg's own decoder. Throws on anything else. */
export function decodeWebp(bytes: Uint8Array): { width: number; height: number; rgba: Uint8Array } {
  const codec = av.Codec.findDecoder(av.AV_CODEC_ID_WEBP);
  const context = new av.CodecContext();
  context.allocContext3(codec);
  const packet = new av.Packet();
  const frame = new av.Frame();
  try {
    packet.alloc();
    frame.alloc();
    packet.data = Buffer.from(bytes);
    const codes = [context.open2Sync(codec), context.sendPacketSync(packet), context.receiveFrameSync(frame)];
    if (codes.some((code) => code < 0) || frame.format !== av.AV_PIX_FMT_ARGB) throw new Error(`no WebP: ${codes}`);
    const { width, height } = frame;
    const [plane] = frame.data ?? [];
    const [lineSize = 0] = frame.linesize;
    const rgba = new Uint8Array(width * height * 4);
    for (let row = 0; row < height; row++) {
      for (let x = 0; x < width; x++) {
        const from = row * lineSize + x * 4;
        const [alpha = 0, ...rgb] = plane?.subarray(from, from + 4) ?? [];
        rgba.set([...rgb, alpha], (row * width + x) * 4);
      }
    }
    return { width, height, rgba };
  } finally {
    context.freeContext();
    packet.free();
    frame.free();
  }
}
