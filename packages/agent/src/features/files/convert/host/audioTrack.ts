import type { Frame, Packet, Stream } from 'node-av/lib';
import { Decoder } from '../../thumbnails/host/decoder.ts';
import { Encoder, secondIn } from './encoder.ts';
import type { Link } from './filterChain.ts';
import { FittedFilters } from './fittedFilters.ts';
import { inUnit, type Target, type Track } from './track.ts';

const RATE = 48_000;
const CODERS = {
  aac: { name: 'FF_ENCODER_AAC', sample: 'fltp', settings: { b: 160_000 } },
  opus: { name: 'FF_ENCODER_LIBOPUS', sample: 'flt', settings: { b: 128_000 } },
} as const;

/** Sound that the player cannot decode, becoming AAC or Opus in stereo. */
export class AudioTrack implements Track {
  readonly #target: Target;
  readonly #source: Stream;
  readonly #decoder: Decoder;
  readonly #encoder: Encoder;
  readonly #filters: FittedFilters;

  constructor(target: Target, source: Stream, to: keyof typeof CODERS) {
    const { av } = target;
    const { name, sample, settings } = CODERS[to];
    this.#target = target;
    this.#source = source;
    this.#decoder = new Decoder(av, source);
    this.#encoder = new Encoder(target, {
      name: av[name],
      settings,
      prepare: (context) => {
        context.sampleRate = RATE;
        context.sampleFormat = av.avGetSampleFmtFromName(sample);
        context.channelLayout = av.avChannelLayoutDefault(2);
        context.timeBase = secondIn(av, RATE);
      },
    });
    const links: readonly Link[] = [
      // Gaps in the sound become silence, or it would run ahead of the picture.
      ['aresample', `${RATE}:async=1000`],
      ['aformat', `sample_fmts=${sample}:sample_rates=${RATE}:channel_layouts=stereo`],
      ['asetnsamples', `n=${this.#encoder.frameSize}:p=0`],
      ['abuffersink', ''],
    ];
    this.#filters = new FittedFilters(av, (frame) => [this.#sourceOf(frame), ...links]);
  }

  take(packet: Packet): void {
    this.#decoder.decode(packet, (frame) => this.#filter(frame));
  }

  end(): void {
    this.#decoder.decode(null, (frame) => this.#filter(frame));
    this.#filters.end((frame) => this.#encoder.encode(frame));
    this.#encoder.encode(null);
  }

  close(): void {
    this.#filters.close();
    this.#decoder.close();
    this.#encoder.close();
  }

  #filter(frame: Frame): void {
    const { av, from } = this.#target;
    const time = frame.bestEffortTimestamp;
    if (time === av.AV_NOPTS_VALUE || time < inUnit(from, this.#source.timeBase)) return;
    frame.pts = time;
    this.#filters.filter(frame, (filtered) => this.#encoder.encode(filtered));
  }

  #sourceOf(frame: Frame): Link {
    const { av } = this.#target;
    const { sampleRate, channels } = frame;
    const sample = av.avGetSampleFmtName(Number(frame.format) as Parameters<typeof av.avGetSampleFmtName>[0]);
    const known = frame.channelLayout.order !== 0;
    const layout = av.avChannelLayoutDescribe(known ? frame.channelLayout : av.avChannelLayoutDefault(channels));
    const { num, den } = this.#source.timeBase;
    const form = `sample_rate=${sampleRate}:sample_fmt=${sample}:channel_layout=${layout}`;
    return ['abuffer', `time_base=${num}/${den}:${form}`];
  }
}
