import type { FFEncoderCodec } from 'node-av/constants';
import { FormatContext, type Frame } from 'node-av/lib';
import { Encoder, secondIn } from '../features/files/convert/host/encoder.ts';
import type { Link } from '../features/files/convert/host/filterChain.ts';
import type { Target } from '../features/files/convert/host/track.ts';
import { type Av, check, loadAv } from '../features/files/thumbnails/host/av.ts';

const RATE = 48_000;
const SAMPLES = 1_152;

export interface FilmOptions {
  seconds: number;
  /** Encoders as FFmpeg calls them; left out where there shall be no such stream. */
  video?: string;
  audio?: string;
  width?: number;
  height?: number;
  fps?: number;
  /** Frames between two key pictures. */
  group?: number;
  tags?: Record<string, string>;
}

/** A stream that is being made: its frames come in the order of their times. */
interface Source {
  encoder: Encoder;
  /** Seconds up to which it was made; undefined at its end. */
  next(): number | undefined;
  close(): void;
}

/** Writes a film with a moving test picture and a tone; the ending of the path says in what it is wrapped. */
export async function makeFilm(path: string, options: FilmOptions): Promise<void> {
  const av = await loadAv();
  const output = new FormatContext();
  check(output.allocOutputContext2(null, null, path), 'not a known ending');
  output.metadata = av.Dictionary.fromObject(options.tags ?? {});
  const target = { av, output, from: 0n, shift: 0n };
  const sources: Source[] = [];
  if (options.video !== undefined) sources.push(pictures(target, options.video, options));
  if (options.audio !== undefined) sources.push(sound(target, options.audio, options.seconds));
  check(output.openOutputSync(), 'not writable');
  check(output.writeHeaderSync(), 'no header');
  interleave(sources);
  check(output.writeTrailerSync(), 'no end');
  for (const source of sources) source.close();
  output.closeOutputSync();
  output.freeContext();
}

/** Always goes on with what is behind. */
function interleave(sources: readonly Source[]): void {
  const running = new Map(sources.map((source) => [source, 0]));
  while (running.size > 0) {
    const [[source] = []] = [...running].sort(([, a], [, b]) => a - b);
    if (!source) return;
    const reached = source.next();
    if (reached === undefined) {
      source.encoder.encode(null);
      running.delete(source);
    } else running.set(source, reached);
  }
}

function pictures(target: Target, name: string, options: FilmOptions): Source {
  const { av } = target;
  const { seconds, width = 320, height = 240, fps = 25, group = 25 } = options;
  const encoder = new Encoder(target, {
    name: name as FFEncoderCodec,
    settings: { threads: 1, b: 400_000 },
    prepare: (context) => {
      Object.assign(context, { width, height, gopSize: group, pixelFormat: av.AV_PIX_FMT_YUV420P });
      context.timeBase = secondIn(av, fps);
      context.framerate = new av.Rational(fps, 1);
    },
  });
  const links: Link[] = [
    ['testsrc', `size=${width}x${height}:rate=${fps}:duration=${seconds}`],
    ['format', 'yuv420p'],
    ['buffersink', ''],
  ];
  return made(av, { encoder, links, perSecond: fps });
}

function sound(target: Target, name: string, seconds: number): Source {
  const { av } = target;
  const sample = { libmp3lame: 'fltp', aac: 'fltp', libvorbis: 'fltp', ac3: 'fltp' }[name] ?? 's16';
  const encoder = new Encoder(target, {
    name: name as FFEncoderCodec,
    settings: { b: 96_000 },
    prepare: (context) => {
      context.sampleRate = RATE;
      context.sampleFormat = av.avGetSampleFmtFromName(sample);
      context.channelLayout = av.avChannelLayoutDefault(2);
      context.timeBase = secondIn(av, RATE);
    },
  });
  const links: Link[] = [
    ['sine', `frequency=440:sample_rate=${RATE}:duration=${seconds}`],
    ['aformat', `sample_fmts=${sample}:channel_layouts=stereo`],
    ['asetnsamples', `n=${encoder.frameSize || SAMPLES}:p=0`],
    ['abuffersink', ''],
  ];
  return made(av, { encoder, links, perSecond: RATE });
}

function made(av: Av, { encoder, links, perSecond }: { encoder: Encoder; links: Link[]; perSecond: number }): Source {
  const graph = new av.FilterGraph();
  graph.alloc();
  const filters = links.map(([name, options], at) => {
    const filter = av.Filter.getByName(name);
    const context = filter && graph.createFilter(filter, `${name}${at}`, options || null);
    if (!context) throw new Error(`no filter ${name}`);
    return context;
  });
  for (const [at, filter] of filters.entries()) {
    const next = filters[at + 1];
    if (next) check(filter.link(0, next, 0), 'filters that do not fit');
  }
  check(graph.configSync(), 'filters that do not fit');
  const frame: Frame = new av.Frame();
  frame.alloc();
  return {
    encoder,
    next: () => {
      if ((filters.at(-1)?.buffersinkGetFrameSync(frame) ?? -1) < 0) return undefined;
      const reached = Number(frame.pts) / perSecond;
      frame.pictType = av.AV_PICTURE_TYPE_NONE;
      encoder.encode(frame);
      frame.unref();
      return reached;
    },
    close: () => {
      frame.free();
      graph.free();
      encoder.close();
    },
  };
}
