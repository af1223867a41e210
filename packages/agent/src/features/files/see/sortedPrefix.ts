/**
 * Sorts a list only as far as it is looked at: the first page of a huge folder costs one pass, not a sort of everything.
 * Quicksort that remembers the parts it has not looked into yet. The list is taken over and sorted in place.
 */
export class SortedPrefix<T> {
  readonly #items: T[];
  readonly #compare: (a: T, b: T) => number;
  /** Ends of the parts that are in order among each other, the nearest last. */
  readonly #ends: number[];
  #sorted = 0;

  constructor(items: T[], compare: (a: T, b: T) => number) {
    this.#items = items;
    this.#compare = compare;
    this.#ends = [items.length];
  }

  get length(): number {
    return this.#items.length;
  }

  /** The items `from` to `to` of the sorted list. */
  slice(from: number, to: number): T[] {
    while (this.#sorted < Math.min(to, this.length)) this.#advance();
    return this.#items.slice(from, to);
  }

  /** How many items of the sorted list come before or at `item`. */
  countUpTo(item: T): number {
    while (this.#sorted < this.length && this.#compare(this.#last(), item) <= 0) this.#advance();
    let [low, high] = [0, this.#sorted];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(this.#items[middle] as T, item) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last one that is in its place; before there is any, whichever is smallest is as good as none. */
  #last(): T {
    if (this.#sorted === 0) this.#advance();
    return this.#items[this.#sorted - 1] as T;
  }

  /** Sorts the next small part, dividing the nearest until it is small. */
  #advance(): void {
    let end = this.#ends.at(-1) ?? this.length;
    while (end - this.#sorted > SMALL) {
      const middle = this.#partition(this.#sorted, end);
      this.#ends.push(middle);
      end = middle;
    }
    const part = this.#items.slice(this.#sorted, end).sort(this.#compare);
    for (const [at, item] of part.entries()) this.#items[this.#sorted + at] = item;
    this.#sorted = end;
    this.#ends.pop();
  }

  /** Puts what comes before some item in front of the others; answers where these begin, which is inside of the part. */
  #partition(from: number, to: number): number {
    const pivot = this.#pivotOf(from, to);
    let [low, high] = [from - 1, to];
    for (;;) {
      do low++;
      while (this.#compare(this.#items[low] as T, pivot) < 0);
      do high--;
      while (this.#compare(this.#items[high] as T, pivot) > 0);
      if (low >= high) return Math.min(high + 1, to - 1);
      [this.#items[low], this.#items[high]] = [this.#items[high] as T, this.#items[low] as T];
    }
  }

  #pivotOf(from: number, to: number): T {
    const step = (to - 1 - from) / (SAMPLE - 1);
    const sample = Array.from({ length: SAMPLE }, (_, at) => this.#items[from + Math.floor(at * step)] as T);
    return sample.sort(this.#compare)[PIVOT] as T;
  }
}

/** Items that a pivot is chosen from, and which of them it is: nearer to the begin, which is looked at first. */
const SAMPLE = 15;
const PIVOT = 4;
/** Below this many items, sorting them all is as quick as looking for some. */
const SMALL = 1_024;
