/** Live feeds that cost a device something and are wanted only while somebody looks. */
export type Feed = 'stats' | 'thumbnails';

export type Wanted = Record<Feed, readonly string[]>;

/** Who looks at what: each portal says what is on its screen, and each feed asks whether anybody looks at a device. */
export class Interest {
  readonly #counts: Record<Feed, Map<string, number>> = { stats: new Map(), thumbnails: new Map() };
  readonly #changed: (id: string) => void;

  /** `changed` is called for every device that somebody began or ceased to look at. */
  constructor(changed: (id: string) => void) {
    this.#changed = changed;
  }

  wants(feed: Feed, id: string): boolean {
    return this.#counts[feed].has(id);
  }

  /** Replaces what one portal wanted `before` by what it wants `now`. */
  replace(before: Wanted, now: Wanted): void {
    const touched = new Set<string>();
    for (const feed of ['stats', 'thumbnails'] as const) {
      for (const id of new Set(now[feed])) if (this.#count(feed, id, 1) === 1) touched.add(id);
      for (const id of new Set(before[feed])) if (this.#count(feed, id, -1) === 0) touched.add(id);
    }
    for (const id of touched) this.#changed(id);
  }

  #count(feed: Feed, id: string, by: 1 | -1): number {
    const count = (this.#counts[feed].get(id) ?? 0) + by;
    if (count > 0) this.#counts[feed].set(id, count);
    else this.#counts[feed].delete(id);
    return count;
  }
}

export const NOTHING_WANTED: Wanted = { stats: [], thumbnails: [] };
