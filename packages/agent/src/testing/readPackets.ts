import { loadAv } from '../features/files/thumbnails/host/av.ts';
import { openMedia } from '../features/files/thumbnails/host/openMedia.ts';

/** What a stream of a film holds. Times in seconds. */
export interface StreamPackets {
  codec: string;
  first: number;
  last: number;
  count: number;
  /** Whether the first packet can be decoded without any before it. */
  beginsWithKey: boolean;
  /** Times of decoding never go back. */
  inOrder: boolean;
}

/** Reads a film from end to end, stream by stream. */
export async function readPackets(path: string): Promise<StreamPackets[]> {
  const av = await loadAv();
  using open = openMedia(av, path);
  const { input } = open;
  const found = new Map<number, StreamPackets & { decoded: number }>();
  const packet = new av.Packet();
  packet.alloc();
  while (input.readFrameSync(packet) >= 0) {
    const stream = input.streams[packet.streamIndex];
    if (!stream) throw new Error('a packet of no stream');
    const { num, den } = stream.timeBase;
    const [shown, decoded] = [(Number(packet.pts) * num) / den, (Number(packet.dts) * num) / den];
    const known = found.get(stream.index);
    found.set(stream.index, {
      codec: av.avGetCodecName(stream.codecpar.codecId) ?? '',
      first: Math.min(known?.first ?? shown, shown),
      last: Math.max(known?.last ?? shown, shown),
      count: (known?.count ?? 0) + 1,
      beginsWithKey: known?.beginsWithKey ?? packet.isKeyframe,
      inOrder: (known?.inOrder ?? true) && decoded >= (known?.decoded ?? decoded),
      decoded,
    });
    packet.unref();
  }
  packet.free();
  return [...found].sort(([a], [b]) => a - b).map(([, { decoded: _, ...packets }]) => packets);
}
