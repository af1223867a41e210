/** How far back the speed is measured, in ms: long enough to be calm, short enough to be true. */
const WINDOW_MS = 6_000;

/** The speed of something that grows, from what was told of it lately. */
export class RateMeter {
  #samples: { at: number; bytes: number }[] = [];

  /** `bytes` in all so far, at `at` ms. */
  tell(bytes: number, at: number): void {
    const last = this.#samples.at(-1);
    // A new start, or something was taken back.
    if (last && bytes < last.bytes) this.#samples = [];
    this.#samples.push({ at, bytes });
    const kept = this.#samples.findIndex((sample) => at - sample.at <= WINDOW_MS);
    if (kept > 0) this.#samples.splice(0, kept);
  }

  /** Bytes in a second; 0 while it is not known. */
  get rate(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }

  reset(): void {
    this.#samples = [];
  }
}
