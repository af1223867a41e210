import type { Frame, Packet, Stream } from 'node-av/lib';
import { Decoder, MAX_PIXELS } from '../../thumbnails/host/decoder.ts';
import { quarterTurns } from '../../thumbnails/host/turnUpright.ts';
import { Encoder, secondIn } from './encoder.ts';
import type { Link } from './filterChain.ts';
import { FittedFilters } from './fittedFilters.ts';
import { inUnit, type Target, type Track } from './track.ts';
import { encodedSize } from './videoSize.ts';

const UNITS = 90_000;
/** Seconds between two key pictures. */
const KEY_SECONDS = 2;
const SETTINGS = { preset: 'superfast', tune: 'zerolatency', crf: 23 };
const TURNS: readonly (readonly Link[])[] = [
  [],
  [['transpose', 'clock']],
  [
    ['hflip', ''],
    ['vflip', ''],
  ],
  [['transpose', 'cclock']],
];

/** A film that the player cannot decode, becoming H.264. */
export class VideoTrack implements Track {
  readonly #target: Target;
  readonly #source: Stream;
  readonly #decoder: Decoder;
  readonly #encoder: Encoder;
  readonly #filters: FittedFilters;
  #last = -1n;

  constructor(target: Target, source: Stream) {
    const { codecpar } = source;
    const turns = quarterTurns(codecpar.getCodedSideData(target.av.AV_PKT_DATA_DISPLAYMATRIX));
    if (codecpar.width * codecpar.height > MAX_PIXELS) throw new Error('too large');
    const size = encodedSize(codecpar, ratio(source.sampleAspectRatio));
    this.#target = target;
    this.#source = source;
    this.#decoder = new Decoder(target.av, source);
    this.#encoder = openEncoder(target, source, turns % 2 === 0 ? size : { width: size.height, height: size.width });
    const scale: Link = ['scale', `w=${size.width}:h=${size.height}`];
    // Half pictures of old television, where there are any, become whole ones.
    const whole: Link = ['yadif', 'deint=interlaced'];
    const last: readonly Link[] = [
      ['format', 'yuv420p'],
      ['setsar', '1'],
      ['buffersink', ''],
    ];
    const links = [whole, scale, ...(TURNS[turns] ?? []), ...last];
    this.#filters = new FittedFilters(target.av, (frame) => [this.#sourceOf(frame), ...links]);
  }

  take(packet: Packet): void {
    this.#decoder.decode(packet, (frame) => this.#filter(frame));
  }

  end(): void {
    this.#decoder.decode(null, (frame) => this.#filter(frame));
    this.#filters.end((frame) => this.#encode(frame));
    this.#encoder.encode(null);
  }

  close(): void {
    this.#filters.close();
    this.#decoder.close();
    this.#encoder.close();
  }

  #filter(frame: Frame): void {
    const { av, from } = this.#target;
    const { timeBase } = this.#source;
    const time = frame.bestEffortTimestamp;
    if (time === av.AV_NOPTS_VALUE || time < inUnit(from, timeBase)) return;
    frame.pts = time;
    this.#filters.filter(frame, (filtered) => this.#encode(filtered));
  }

  #sourceOf({ width, height, format }: Frame): Link {
    const { num, den } = this.#source.timeBase;
    return ['buffer', `video_size=${width}x${height}:pix_fmt=${format}:time_base=${num}/${den}`];
  }

  #encode(frame: Frame): void {
    const { av } = this.#target;
    const from = this.#filters.timeBase ?? this.#source.timeBase;
    const time = av.avRescaleQ(frame.pts, from, this.#encoder.timeBase);
    if (time <= this.#last) return;
    this.#last = time;
    frame.pts = time;
    frame.pictType = av.AV_PICTURE_TYPE_NONE;
    this.#encoder.encode(frame);
  }
}

function openEncoder(target: Target, source: Stream, size: { width: number; height: number }): Encoder {
  const { av } = target;
  const fps = ratio(source.avgFrameRate) || 25;
  return new Encoder(target, {
    name: av.FF_ENCODER_LIBX264,
    settings: SETTINGS,
    prepare: (context) => {
      Object.assign(context, size);
      context.pixelFormat = av.AV_PIX_FMT_YUV420P;
      context.timeBase = secondIn(av, UNITS);
      context.framerate = source.avgFrameRate;
      context.gopSize = Math.max(1, Math.round(fps * KEY_SECONDS));
    },
  });
}

function ratio({ num, den }: { num: number; den: number }): number {
  return num > 0 && den > 0 ? num / den : 0;
}
