import type { Packet, Stream } from 'node-av/lib';
import { check } from '../../thumbnails/host/av.ts';
import { type Target, type Track, TrackWriter } from './track.ts';

/** A stream that the player can decode as it is. Films begin at the last key picture before the time asked for. */
export class KeptTrack implements Track {
  readonly #writer: TrackWriter;
  #hasBegun: boolean;

  constructor(target: Target, source: Stream) {
    const { av, output } = target;
    const stream = output.newStream(null);
    check(source.codecpar.copy(stream.codecpar), 'no parameters');
    const { codecpar } = stream;
    // The name that all players know; FFmpeg's own choice is another one.
    codecpar.codecTag = codecpar.codecId === av.AV_CODEC_ID_HEVC ? 'hvc1' : 0;
    stream.timeBase = source.timeBase;
    this.#hasBegun = codecpar.codecType !== av.AVMEDIA_TYPE_VIDEO;
    this.#writer = new TrackWriter(target, stream, source.timeBase);
  }

  take(packet: Packet): void {
    this.#hasBegun ||= packet.isKeyframe;
    if (this.#hasBegun) this.#writer.write(packet);
  }
}
