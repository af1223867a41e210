import type { DeviceFacts } from '@porthole/protocol';
import { fitFacts, sameFacts } from './facts.ts';

export interface FactsWatchOptions {
  read(): Promise<DeviceFacts>;
  /** Another text when facts have probably changed; cheap. */
  glance(): string;
  /** Called with the first facts, and when they changed. */
  changed(facts: DeviceFacts): void;
}

/** Between cheap glances, and between whole looks, in ms. */
const GLANCE_MS = 30_000;
const LOOK_MS = 600_000;

/** Knows what the device is, and notices when that changes. Costs next to nothing while nothing does. */
export class FactsWatch {
  readonly #options: FactsWatchOptions;
  #facts: DeviceFacts | undefined;
  #seen: string | undefined;
  #lookedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(options: FactsWatchOptions) {
    this.#options = options;
  }

  /** What is known so far. */
  get facts(): DeviceFacts | undefined {
    return this.#facts;
  }

  /** Looks now, and from time to time until it is closed; does nothing the second time. */
  start(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#glance(), GLANCE_MS);
    this.#glance();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #glance(): void {
    const seen = this.#options.glance();
    const now = performance.now();
    if (this.#isLooking || (seen === this.#seen && now - this.#lookedAt < LOOK_MS)) return;
    this.#seen = seen;
    this.#lookedAt = now;
    this.#isLooking = true;
    void this.#look().finally(() => {
      this.#isLooking = false;
    });
  }

  async #look(): Promise<void> {
    // What could not be had now may be had the next time.
    const read = await this.#options.read().catch(() => undefined);
    const facts = read && fitFacts(read);
    if (!this.#timer || !facts || (this.#facts && sameFacts(this.#facts, facts))) return;
    this.#facts = facts;
    this.#options.changed(facts);
  }
}
