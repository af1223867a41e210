/** A wheel event as the browsers fill it; the last two are not in the standard and exist nearly everywhere. */
export interface WheelLike {
  deltaX: number;
  deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  deltaMode: number;
  wheelDeltaX?: number;
  wheelDeltaY?: number;
}

const NOTCH = 120;
/** What one notch is in each mode: about 100 px, 3 lines, a third of a page. */
const PER_NOTCH = [100, 3, 1 / 3];
const MAX = 32_767;

/** Wheel movement in 1/120 notches. Fractions are kept for the next event, so that slow scrolling is not lost. */
export class WheelMeter {
  #restX = 0;
  #restY = 0;

  /** Takes in one event; both values are whole numbers and may be 0. */
  add(event: WheelLike): { dx: number; dy: number } {
    const x = this.#restX + units(event.deltaX, event.deltaMode, event.wheelDeltaX);
    const y = this.#restY + units(event.deltaY, event.deltaMode, event.wheelDeltaY);
    const dx = whole(x);
    const dy = whole(y);
    this.#restX = rest(x, dx);
    this.#restY = rest(y, dy);
    return { dx, dy };
  }
}

function units(delta: number, mode: number, wheelDelta: number | undefined): number {
  if (!Number.isFinite(delta)) return 0;
  // A wheel with real notches says so exactly here, whatever the system's scroll speed makes of the pixels.
  if (mode === 0 && wheelDelta !== undefined && wheelDelta !== 0 && wheelDelta % NOTCH === 0) return -wheelDelta;
  return (delta / (PER_NOTCH[mode] ?? 100)) * NOTCH;
}

function whole(value: number): number {
  // A hair more, because tenths do not add up exactly.
  return Math.max(-MAX, Math.min(MAX, Math.trunc(value + Math.sign(value) * 1e-6))) || 0;
}

function rest(value: number, taken: number): number {
  const left = value - taken;
  return Math.abs(left) < 1 ? left : 0;
}
