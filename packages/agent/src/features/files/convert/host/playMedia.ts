import { type ConvertedHead, PLAY_LEAD } from '@porthole/protocol';
import type { FormatContext, Packet, Stream } from 'node-av/lib';
import { type Av, check, setOptions } from '../../thumbnails/host/av.ts';
import { openMedia } from '../../thumbnails/host/openMedia.ts';
import { AudioTrack } from './audioTrack.ts';
import { codecString } from './codecString.ts';
import type { ConvertTask } from './convertMessages.ts';
import { KeptTrack } from './keptTrack.ts';
import { beginOf, type Playable, playableOf } from './playable.ts';
import type { Target, Track } from './track.ts';
import { VideoTrack } from './videoTrack.ts';

type Play = Extract<ConvertTask, { kind: 'play' }>;
type Tracks = Map<number, Track>;

/** A piece every half second, whatever the key pictures are: the player need not wait for the next one. */
const MUXER = {
  movflags: '+delay_moov+default_base_moof+frag_discont+skip_trailer',
  use_editlist: 0,
  // Times stay what they are, wherever in the file it begins.
  avoid_negative_ts: 'disabled',
  frag_duration: 500_000,
  flush_packets: 1,
};
/** Formats without an index are sought by guess: somewhat earlier, then, in µs. */
const GUESSED = /^(mpegts|mpeg|mpegvideo|dv|wtv)$/;
const GUESS = 3_000_000n;
/** More than this has gone wrong, in bytes. */
const MAX_MEMORY = 1_500_000_000;
const PACKETS_BETWEEN_LOOKS = 64;

/**
 * Writes a fragmented MP4 of a file to the standard output from a time on, after having told `begin` what it will be. Waits
 * while nobody reads. Throws when there is nothing to play, or nobody reads any more.
 */
export function playMedia(av: Av, task: Play, begin: (head: ConvertedHead) => void): void {
  using open = openMedia(av, task.path);
  const { input } = open;
  const playable = playableOf(av, input);
  const start = beginOf(av, input);
  const from = start + BigInt(Math.round(task.from * 1e6));
  const output = new av.FormatContext();
  check(output.allocOutputContext2(null, 'mp4', 'pipe:1'), 'no MP4');
  const target = { av, output, from, shift: BigInt(PLAY_LEAD) * 1_000_000n - start };
  const tracks = tracksOf(task, playable, target);
  for (const stream of input.streams) if (!tracks.has(stream.index)) stream.discard = av.AVDISCARD_ALL;
  seek(av, input, from);
  begin({ type: typeOf(av, output) });
  check(output.openOutputSync(), 'nobody reads');
  setOptions(output, MUXER);
  check(output.writeHeaderSync(), 'not for MP4');
  copyPackets(av, input, tracks);
  for (const track of tracks.values()) track.end?.();
  check(output.writeTrailerSync(), 'nobody reads');
  output.closeOutputSync();
  for (const track of tracks.values()) track.close?.();
}

function tracksOf(task: Play, { video, audio }: Playable, target: Target): Tracks {
  const tracks: Tracks = new Map();
  if (video && task.video !== 'none') {
    tracks.set(video.index, task.video === 'keep' ? new KeptTrack(target, video) : new VideoTrack(target, video));
  }
  if (audio && task.audio !== 'none') {
    const to = isBare(target.av, audio) && task.audio === 'keep' ? 'aac' : task.audio;
    tracks.set(audio.index, to === 'keep' ? new KeptTrack(target, audio) : new AudioTrack(target, audio, to));
  }
  if (tracks.size === 0) throw new Error('nothing to play');
  return tracks;
}

/** AAC of broadcasts comes without the description that MP4 begins with. */
function isBare(av: Av, { codecpar }: Stream): boolean {
  return codecpar.codecId === av.AV_CODEC_ID_AAC && codecpar.extradataSize === 0;
}

function seek(av: Av, input: FormatContext, from: bigint): void {
  const guess = GUESSED.test(input.iformat?.name ?? '') ? GUESS : 0n;
  const begin = beginOf(av, input);
  const to = from - guess;
  // Where it cannot be sought, everything before is read and left out.
  if (to > begin) input.seekFrameSync(-1, to, av.AVSEEK_FLAG_BACKWARD);
}

/** The media type of what will be written. */
function typeOf(av: Av, { streams }: FormatContext): string {
  const kind = streams.some(({ codecpar }) => codecpar.codecType === av.AVMEDIA_TYPE_VIDEO) ? 'video' : 'audio';
  const codecs = streams.map(({ codecpar }) => {
    const name = codecString(av, codecpar);
    if (name === undefined) throw new Error('nothing that players have a name for');
    return name;
  });
  return `${kind}/mp4; codecs="${codecs.join(',')}"`;
}

function copyPackets(av: Av, input: FormatContext, tracks: Tracks): void {
  const packet: Packet = new av.Packet();
  packet.alloc();
  for (let at = 0; input.readFrameSync(packet) >= 0; at++) {
    if (at % PACKETS_BETWEEN_LOOKS === 0 && process.memoryUsage.rss() > MAX_MEMORY) throw new Error('too much memory');
    tracks.get(packet.streamIndex)?.take(packet);
    packet.unref();
  }
  packet.free();
}
