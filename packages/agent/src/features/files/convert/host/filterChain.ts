import type { FilterContext, FilterGraph, Frame } from 'node-av/lib';
import { type Av, check } from '../../thumbnails/host/av.ts';

/** A filter and its options, as FFmpeg writes them. */
export type Link = readonly [name: string, options: string];

/** Frames through filters one after the other. The first link is the source, the last one the sink. */
export class FilterChain {
  readonly #graph: FilterGraph;
  readonly #source: FilterContext;
  readonly #sink: FilterContext;
  readonly #frame: Frame;

  constructor(av: Av, links: readonly Link[]) {
    this.#frame = new av.Frame();
    this.#frame.alloc();
    this.#graph = new av.FilterGraph();
    this.#graph.alloc();
    this.#graph.nbThreads = 1;
    const filters = links.map(([name, options], at) => this.#create(av, `${name}${at}`, [name, options]));
    const [source, sink] = [filters[0], filters.at(-1)];
    if (!source || !sink) throw new Error('no filters');
    for (const [at, filter] of filters.entries()) {
      const next = filters[at + 1];
      if (next) check(filter.link(0, next, 0), 'filters that do not fit');
    }
    check(this.#graph.configSync(), 'filters that do not fit');
    [this.#source, this.#sink] = [source, sink];
  }

  /** The unit of the times of what comes out. */
  get timeBase(): { num: number; den: number } {
    return this.#sink.buffersinkGetTimeBase();
  }

  /** Calls `took` with each frame that comes out; null is the end. The frame is valid during the call only. */
  filter(frame: Frame | null, took: (frame: Frame) => void): void {
    check(this.#source.buffersrcAddFrameSync(frame), 'not filterable');
    while (this.#sink.buffersinkGetFrameSync(this.#frame) >= 0) {
      took(this.#frame);
      this.#frame.unref();
    }
  }

  close(): void {
    this.#frame.free();
    this.#graph.free();
  }

  #create(av: Av, label: string, [name, options]: Link): FilterContext {
    const filter = av.Filter.getByName(name);
    const made = filter && this.#graph.createFilter(filter, label, options === '' ? null : options);
    if (!made) throw new Error(`no filter ${name}`);
    return made;
  }
}
