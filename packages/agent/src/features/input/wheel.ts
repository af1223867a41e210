const NOTCH = 120;
/** Most notches of one call; what a finger can do at once is far less. */
const MAX_NOTCHES = 20;

/** Turns fine wheel movements (1/120 notch) of one axis into whole notches, and keeps the rest. */
export class WheelAxis {
  #rest = 0;

  /** Whole notches to turn now, with sign. Turning back forgets the rest of the other direction. */
  add(delta: number): number {
    if (!Number.isFinite(delta)) return 0;
    if (delta * this.#rest < 0) this.#rest = 0;
    const total = this.#rest + delta;
    const notches = Math.trunc(total / NOTCH);
    this.#rest = total - notches * NOTCH;
    return Math.max(-MAX_NOTCHES, Math.min(MAX_NOTCHES, notches)) || 0;
  }
}
