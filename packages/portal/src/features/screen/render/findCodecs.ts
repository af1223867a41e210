import { PROBE_CLIPS, type ProbeClip } from './probeClips.ts';

const SIDE = 16;
/** A decoder that says nothing for so long does not count, in ms. */
const PATIENCE_MS = 2_000;

/**
 * The codecs that this browser really decodes, best first; none without a VideoDecoder, as on a page that came over plain
 * HTTP. What a browser says of itself is only where the search begins. Never rejects.
 */
export async function findCodecs(): Promise<string[]> {
  if (typeof VideoDecoder === 'undefined') return [];
  const found = await Promise.all(PROBE_CLIPS.map((clip) => codecsOf(clip).catch(() => [])));
  return found.flat();
}

async function codecsOf(clip: ProbeClip): Promise<string[]> {
  const claims = clip.codecs.map(async (codec) => {
    const { supported } = await VideoDecoder.isConfigSupported({ codec, optimizeForLatency: true });
    return supported ? codec : [];
  });
  const claimed = (await Promise.all(claims)).flat();
  const [first] = claimed;
  return first !== undefined && (await decodesTruly(first, clip)) ? claimed : [];
}

async function decodesTruly(codec: string, { data, red, blue }: ProbeClip): Promise<boolean> {
  const pixels = await decodeOne(codec, data);
  return isLike(pixels, red, [255, 0, 0]) && isLike(pixels, blue, [0, 0, 255]);
}

/** The one frame of a clip as RGBA. Rejects when there is none in time. */
async function decodeOne(codec: string, data: string): Promise<Uint8ClampedArray> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8ClampedArray>();
  const timer = setTimeout(() => reject(new Error('no frame')), PATIENCE_MS);
  const decoder = new VideoDecoder({ output: (frame) => resolve(readPixels(frame)), error: reject });
  try {
    decoder.configure({ codec, optimizeForLatency: true });
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data: bytes }));
    // Without a flush: a decoder that keeps the last frame back is of no use here.
    return await promise;
  } finally {
    clearTimeout(timer);
    if (decoder.state !== 'closed') decoder.close();
  }
}

function readPixels(frame: VideoFrame): Uint8ClampedArray {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  context?.drawImage(frame, 0, 0);
  frame.close();
  return context?.getImageData(0, 0, SIDE, SIDE).data ?? new Uint8ClampedArray();
}

/** Whether the middle of a column has this colour, as far as coding with loss keeps it. */
function isLike(pixels: Uint8ClampedArray, column: number, colour: readonly number[]): boolean {
  const at = ((SIDE / 2) * SIDE + column) * 4;
  return colour.every((value, channel) => Math.abs((pixels[at + channel] ?? -1000) - value) < 64);
}
