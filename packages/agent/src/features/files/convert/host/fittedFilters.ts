import type { Frame } from 'node-av/lib';
import type { Av } from '../../thumbnails/host/av.ts';
import { FilterChain, type Link } from './filterChain.ts';

/** Filters that fit the frames that come: made for the first one, and again when the kind of frame changes. */
export class FittedFilters {
  readonly #av: Av;
  readonly #linksFor: (frame: Frame) => readonly [Link, ...Link[]];
  #chain: FilterChain | undefined;
  #source = '';

  /** @param linksFor what such a frame needs; the options of its source say which kind of frame it is for. */
  constructor(av: Av, linksFor: (frame: Frame) => readonly [Link, ...Link[]]) {
    this.#av = av;
    this.#linksFor = linksFor;
  }

  /** The unit of the times of what comes out; undefined before the first frame. */
  get timeBase(): { num: number; den: number } | undefined {
    return this.#chain?.timeBase;
  }

  /** Calls `took` with each frame that comes out, which is valid during the call only. */
  filter(frame: Frame, took: (frame: Frame) => void): void {
    const links = this.#linksFor(frame);
    const [[, source]] = links;
    if (!this.#chain || source !== this.#source) {
      this.#chain?.close();
      this.#chain = new FilterChain(this.#av, links);
      this.#source = source;
    }
    this.#chain.filter(frame, took);
  }

  /** What is still inside comes out. */
  end(took: (frame: Frame) => void): void {
    this.#chain?.filter(null, took);
  }

  close(): void {
    this.#chain?.close();
    this.#chain = undefined;
  }
}
