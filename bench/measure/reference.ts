import { readFileSync } from 'node:fs';
import { PROBE, PROBES } from './probes.ts';

const PROBE_BYTES = PROBE * PROBE * 4;

/** What the display showed at the probes in each step of a workload's period. */
export class Reference {
  readonly #pictures: Uint8Array;

  constructor(pictures: Uint8Array) {
    this.#pictures = pictures;
  }

  static read(path: string): Reference {
    return new Reference(readFileSync(path));
  }

  /** Steps until the pictures come round. */
  get period(): number {
    return this.#pictures.length / (PROBE_BYTES * PROBES);
  }

  /** The probes of a step, one below the other, as rows of R, G, B, X. */
  at(step: number): Uint8Array {
    const size = PROBE_BYTES * PROBES;
    const from = (step % this.period) * size;
    return toRgbx(this.#pictures.subarray(from, from + size));
  }
}

function toRgbx(bgrx: Uint8Array): Uint8Array {
  const rgbx = Uint8Array.from(bgrx);
  for (let at = 0; at < rgbx.length; at += 4) {
    rgbx[at] = bgrx[at + 2] ?? 0;
    rgbx[at + 2] = bgrx[at] ?? 0;
  }
  return rgbx;
}
