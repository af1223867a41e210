/** Answers with what `make` gave last, unless that is older than `freshMs`. One `make` at a time, however many ask. */
export function remembered<T>(freshMs: number, make: () => T): () => T {
  let value: { of: T } | undefined;
  let madeAt = 0;
  return () => {
    if (value && performance.now() - madeAt < freshMs) return value.of;
    madeAt = performance.now();
    value = { of: make() };
    return value.of;
  };
}
