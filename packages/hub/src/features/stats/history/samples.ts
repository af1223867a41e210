import { HISTORY_SERIES } from '@porthole/protocol';
import type { Values } from './sampleValues.ts';
import { storedFloat } from './stored.ts';

/** One sample as it came: `at` in ms since 1970, `weight` the ms before it that it stands for. */
export interface Sample {
  at: number;
  weight: number;
  values: Values;
}

/** The rows of samples as they came begin at whole minutes. */
export const MINUTE = 60_000;
/** More than any honest device sends in a minute. */
const MAX_SAMPLES = 240;
/** u16 ms of its minute, f32 weight, u16 figures that are there. */
const HEAD = 8;
const LONGEST = HEAD + HISTORY_SERIES.length * 4;

/** The samples of one minute, packed one behind the other: eight bytes, and four for each figure that is there. */
export class Samples {
  #view: DataView;
  #length: number;
  #count = 0;

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.#length = bytes.byteLength;
    this.#view = viewOf(bytes, bytes.byteLength + LONGEST);
  }

  /** What a minute has no room for is left out here; it counts in all that is coarser. */
  add({ at, weight, values }: Sample): void {
    if (this.#count >= MAX_SAMPLES) return;
    this.#count++;
    if (this.#length + LONGEST > this.#view.byteLength) this.#view = viewOf(this.encode(), this.#length * 2 + LONGEST);
    let [present, end] = [0, this.#length + HEAD];
    for (let series = 0; series < values.length; series++) {
      const value = values[series] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      present |= 1 << series;
      this.#view.setFloat32(end, value);
      end += 4;
    }
    this.#view.setUint16(this.#length, at % MINUTE);
    this.#view.setFloat32(this.#length + 2, weight);
    this.#view.setUint16(this.#length + 6, present);
    this.#length = end;
  }

  /** Puts those of `earlier` in front. */
  merge(earlier: Samples): void {
    const all = Buffer.concat([earlier.encode(), this.encode()]);
    this.#length = all.byteLength;
    this.#view = viewOf(all, all.byteLength + LONGEST);
  }

  /** Begins with what was stored. Throws `RangeError` as `unpackSamples` does. */
  static decode(bytes: Uint8Array): Samples {
    unpackSamples(bytes, 0);
    return new Samples(bytes);
  }

  /** Valid until the next sample is added. */
  encode(): Uint8Array {
    return new Uint8Array(this.#view.buffer, 0, this.#length);
  }
}

/** A copy of the bytes with room behind them. */
function viewOf(bytes: Uint8Array, size: number): DataView {
  const copy = new Uint8Array(size);
  copy.set(bytes);
  return new DataView(copy.buffer);
}

/** The samples of the minute that begins at `minute`. Throws `RangeError` for bytes that nobody packed. */
export function unpackSamples(bytes: Uint8Array, minute: number): Sample[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples: Sample[] = [];
  for (let next = 0; next < bytes.byteLength; ) {
    const present = view.getUint16(next + 6);
    const [at, weight] = [minute + view.getUint16(next), storedFloat(view, next + 2)];
    next += HEAD;
    const values = HISTORY_SERIES.map((_, series) => {
      if ((present & (1 << series)) === 0) return Number.NaN;
      next += 4;
      return storedFloat(view, next - 4);
    });
    samples.push({ at, weight, values });
  }
  return samples;
}
