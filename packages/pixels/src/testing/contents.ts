import fc from 'fast-check';

/** Bytes with runs, repeats at all distances and stretches of noise, as the indices and differences of a tile have them. */
export const contents = fc
  .array(
    fc.record({
      noise: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      bits: fc.integer({ min: 0, max: 8 }),
      times: fc.integer({ min: 1, max: 40 }),
    }),
    { maxLength: 12 },
  )
  .map((parts) =>
    Buffer.concat(
      parts.flatMap(({ noise, bits, times }) =>
        Array.from({ length: times }, () => noise.map((byte) => byte & ((1 << bits) - 1))),
      ),
    ),
  );

/**
 * Counts that grow like Fibonacci numbers, in no order: they make the longest codes, longer than deflate has them. `symbols`
 * is how many bytes occur.
 */
export function skewed(symbols: number): Buffer {
  const bytes: number[] = [];
  for (
    let [count, next, symbol] = [1, 1, 0];
    symbol < symbols;
    [count, next, symbol] = [next, count + next, symbol + 1]
  )
    for (let left = count; left > 0; left--) bytes.push(symbol);
  for (let at = bytes.length - 1; at > 0; at--) {
    const other = (Math.imul(at, 0x9e37_79b1) >>> 0) % at;
    [bytes[at], bytes[other]] = [bytes[other] ?? 0, bytes[at] ?? 0];
  }
  return Buffer.from(bytes);
}
