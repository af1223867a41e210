/** An outage is over when something worked this long after the last failure: on a full disk small things still work now and then. */
const QUIET_MS = 30_000;

/** Tells a whole outage from the failures it consists of, so that each is logged once. Times in ms. */
export class Outage {
  #lastFailure: number | undefined;

  /** Something failed. True when that is the beginning of an outage. */
  failed(now: number): boolean {
    const isNew = this.#lastFailure === undefined;
    this.#lastFailure = now;
    return isNew;
  }

  /** Something worked. True when that ends an outage. */
  worked(now: number): boolean {
    if (this.#lastFailure === undefined || now - this.#lastFailure < QUIET_MS) return false;
    this.#lastFailure = undefined;
    return true;
  }
}
