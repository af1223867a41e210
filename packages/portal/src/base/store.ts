/** Something that React can follow with `useSyncExternalStore`: a stable value and a way to hear of its change. */
export interface Readable<T> {
  get(): T;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** A set of listeners; a listener that leaves while being called is not called again. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    // A wrapper, so that the same function added twice is heard and removed twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  notify(): void {
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener();
  }

  get size(): number {
    return this.#listeners.size;
  }
}

/** One value with listeners. Setting the identical value is silent. */
export class Store<T> implements Readable<T> {
  readonly #listeners = new Listeners();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener);

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#listeners.notify();
  }

  /** Replaces some fields of an object value; silent when none of them changes. */
  patch(part: Partial<T>): void {
    const changed = Object.entries(part).some(([key, value]) => !Object.is(this.#value[key as keyof T], value));
    if (changed) this.set({ ...this.#value, ...part });
  }
}
