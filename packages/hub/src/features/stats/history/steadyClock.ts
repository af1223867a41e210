/** A jump by less is a correction, in ms. */
const JUMP_MS = 60_000;
/** As long as it has to run without a jump until what it says is old is deleted, in ms. */
const STEADY_MS = 3_600_000;

/**
 * Whether the hub's clock can be trusted to say what is old. One that was set wrong, at the start of a machine or by a slip, would
 * otherwise have the whole history deleted before somebody sets it right.
 */
export class SteadyClock {
  #offset: number | undefined;
  #since = 0;

  /** `wall` is the clock, in ms since 1970; `running` one that never jumps, in ms. To be asked about once a minute. */
  isSteady(wall: number, running: number): boolean {
    const offset = wall - running;
    if (this.#offset === undefined || Math.abs(offset - this.#offset) > JUMP_MS) this.#since = running;
    this.#offset = offset;
    return running - this.#since >= STEADY_MS;
  }
}
