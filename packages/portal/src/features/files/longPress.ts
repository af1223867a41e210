/** How long a finger rests before it means something else than a tap, in ms. */
const LONG_MS = 450;

/** Tells a finger that rests from one that taps or scrolls. The tap that would follow a long press is not one. */
export class LongPress {
  readonly #held: (index: number) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #index = 0;
  #wasLong = false;
  #isDown = false;

  /** `held` is told the entry under the finger, once for each press. */
  constructor(held: (index: number) => void) {
    this.#held = held;
  }

  /** A finger came down on an entry. */
  down(index: number): void {
    this.up();
    this.#index = index;
    this.#wasLong = false;
    this.#isDown = true;
    this.#timer = setTimeout(() => this.hold(), LONG_MS);
  }

  /** The system itself says that this is a long press; it may be sooner. */
  hold(): void {
    if (this.#timer === undefined) return;
    this.#stop();
    this.#wasLong = true;
    this.#held(this.#index);
  }

  /** The finger is gone, or scrolls. */
  up(): void {
    this.#isDown = false;
    this.#stop();
  }

  /** Whether a finger is on an entry. */
  get isDown(): boolean {
    return this.#isDown;
  }

  /** Whether the click that comes now is only the end of a long press. */
  get wasLong(): boolean {
    return this.#wasLong;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
