/** A connection that has not proved who it is. `done` is called once it has, or is gone; again is harmless. */
export interface Pending {
  done(): void;
}

export interface PendingLimits {
  perSource: number;
  total: number;
}

interface Waiting {
  source: string;
  drop: () => void;
}

/**
 * Bounds the connections that have not proved who they are. Beyond a limit one of them is dropped by lot, the newcomer
 * included: whoever holds many places open loses them at the rate at which others arrive.
 */
export class PendingSockets {
  readonly #limits: PendingLimits;
  readonly #random: () => number;
  readonly #waiting = new Set<Waiting>();

  constructor(limits: PendingLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** `drop` closes the connection; it may be called before this returns. */
  add(source: string, drop: () => void): Pending {
    const entry = { source, drop };
    this.#waiting.add(entry);
    this.#dropBeyond(
      this.#limits.perSource,
      [...this.#waiting].filter((other) => other.source === source),
    );
    this.#dropBeyond(this.#limits.total, [...this.#waiting]);
    return { done: () => this.#waiting.delete(entry) };
  }

  #dropBeyond(limit: number, candidates: Waiting[]): void {
    if (candidates.length <= limit) return;
    const victim = candidates[Math.floor(this.#random() * candidates.length)];
    if (!victim) return;
    this.#waiting.delete(victim);
    victim.drop();
  }
}
