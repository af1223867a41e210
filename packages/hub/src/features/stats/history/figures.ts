import { HISTORY_SERIES } from '@porthole/protocol';
import type { Values } from './sampleValues.ts';
import { storedFloat } from './stored.ts';

const SERIES = HISTORY_SERIES.length;
/** u16 series that are there, u16 those with a weight of their own, f32 the weight of all others. */
const HEAD = 8;

/**
 * Mean and highest of every figure over a while. Each sample weighs as much as the time that it stands for, in ms, so that it
 * makes no difference how often somebody looked; the order of samples makes none either.
 */
export class Figures {
  readonly weights: number[] = new Array(SERIES).fill(0);
  readonly means: number[] = new Array(SERIES).fill(0);
  readonly highs: number[] = new Array(SERIES).fill(0);

  add(values: Values, weight: number): void {
    for (let series = 0; series < SERIES; series++) {
      const value = values[series] ?? Number.NaN;
      if (!Number.isNaN(value)) this.#put(series, weight, value, value);
    }
  }

  merge(other: Figures): void {
    for (let series = 0; series < SERIES; series++) {
      const weight = other.weights[series] ?? 0;
      if (weight > 0) this.#put(series, weight, other.means[series] ?? 0, other.highs[series] ?? 0);
    }
  }

  /** In the way of every sample several times, so without an object of its own. */
  #put(series: number, weight: number, mean: number, high: number): void {
    const before = this.weights[series] ?? 0;
    const after = before + weight;
    if (after <= 0) return;
    const old = this.means[series] ?? 0;
    this.highs[series] = before > 0 ? Math.max(this.highs[series] ?? 0, high) : high;
    this.means[series] = before > 0 ? old + (mean - old) * (weight / after) : mean;
    this.weights[series] = after;
  }

  /** Eight bytes, and eight for each figure that is there (four more if its weight is its own); numbers as 32-bit floats. */
  encode(): Uint8Array {
    const common = Math.max(...this.weights);
    const view = new DataView(new ArrayBuffer(HEAD + SERIES * 12));
    let [present, own, at] = [0, 0, HEAD];
    for (let series = 0; series < SERIES; series++) {
      const weight = this.weights[series] ?? 0;
      if (weight <= 0) continue;
      present |= 1 << series;
      view.setFloat32(at, this.means[series] ?? 0);
      view.setFloat32(at + 4, this.highs[series] ?? 0);
      at += 8;
      if (weight === common) continue;
      own |= 1 << series;
      view.setFloat32(at, weight);
      at += 4;
    }
    view.setUint16(0, present);
    view.setUint16(2, own);
    view.setFloat32(4, common);
    return new Uint8Array(view.buffer, 0, at);
  }

  /** Throws `RangeError` for bytes that nobody encoded. */
  static decode(bytes: Uint8Array): Figures {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const figures = new Figures();
    const [present, own, common] = [view.getUint16(0), view.getUint16(2), storedFloat(view, 4)];
    let at = HEAD;
    for (let series = 0; series < SERIES; series++) {
      if ((present & (1 << series)) === 0) continue;
      const hasOwn = (own & (1 << series)) !== 0;
      const weight = hasOwn ? storedFloat(view, at + 8) : common;
      figures.#put(series, weight, storedFloat(view, at), storedFloat(view, at + 4));
      at += hasOwn ? 12 : 8;
    }
    return figures;
  }
}
