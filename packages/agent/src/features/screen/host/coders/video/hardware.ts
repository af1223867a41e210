import type { Av } from './av.ts';
import { type Candidate, HARDWARE } from './candidates.ts';
import { H264Encoder, type H264Options } from './h264Encoder.ts';
import { findWorking } from './hardwareProbe.ts';

/** Pixels of a picture below which the way to the device and back takes longer than the work. */
const LEAST_PIXELS = 320 * 240;

/** What this process knows of the hardware encoders here: searched for once, and dropped for good when one fails. */
export class Hardware {
  readonly #candidates: readonly Candidate[];
  readonly #find: typeof findWorking;
  #search: Promise<void> | undefined;
  #working: Candidate | undefined;

  constructor(candidates: readonly Candidate[] = HARDWARE, find: typeof findWorking = findWorking) {
    this.#candidates = candidates;
    this.#find = find;
  }

  /** Undefined as long as none is known to work; the first call begins the search in the background. */
  async open(av: Av, options: H264Options): Promise<H264Encoder | undefined> {
    void this.search(av);
    const candidate = this.#working;
    if (!candidate || options.width * options.height < LEAST_PIXELS) return undefined;
    const failed = () => {
      if (this.#working === candidate) this.#working = undefined;
    };
    try {
      return await H264Encoder.open(av, candidate, { ...options, failed });
    } catch {
      // Its failure was noted by `failed`; software takes over.
      return undefined;
    }
  }

  /** Resolves when the search, begun by the first caller, is over. Never rejects. */
  search(av: Av): Promise<void> {
    this.#search ??= this.#run(av);
    return this.#search;
  }

  async #run(av: Av): Promise<void> {
    const known = new Set(av.Codec.getCodecList().flatMap((codec) => (codec.isEncoder() ? (codec.name ?? []) : [])));
    const names = this.#candidates.map(({ name }) => name).filter((name) => known.has(name));
    const found = await this.#find(names);
    this.#working = this.#candidates.find(({ name }) => name === found);
  }
}

/** The hardware of this machine. */
export const hardware: Hardware = new Hardware();
