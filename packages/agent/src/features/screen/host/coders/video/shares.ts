/** What the link gives: bytes per second, and pictures per second. */
export interface Rate {
  bytesPerSecond: number;
  fps: number;
}

/** What an encoder is told: bits per second at its nominal frame rate, and the bits that one picture may borrow at most. */
export interface RateLimits {
  maxRate: number;
  bufferSize: number;
}

/** Shares of the link that a key may take: it shows everything anew, and shall not look worse than what it replaces. */
export const KEY_SHARES = 4;
/** Held to a buffer of one picture, libx264 leaves about a tenth of it unused. */
const HEADROOM = 1.1;
/** Below it not even the headers of a picture fit. */
const LEAST_BITS = 1_000;

/**
 * The limits that hold each picture to `shares` shares of the link. An encoder counts pictures, not seconds, and its frame rate
 * is fixed when it is opened: what a picture may take is therefore scaled to that `nominalFps`.
 */
export function limitsOf({ bytesPerSecond, fps }: Rate, nominalFps: number, shares: number): RateLimits {
  const bits = Math.max(LEAST_BITS, (bytesPerSecond * 8 * HEADROOM) / Math.max(1, fps));
  // The sums of a rate controller are 32 bits wide.
  const maxRate = Math.min(2_000_000_000, Math.round(bits * nominalFps));
  return { maxRate, bufferSize: Math.ceil((maxRate / nominalFps) * shares) };
}

/** True when `wanted` is so far from `current` that an encoder which must be opened anew for it is worth that. */
export function worthReopening(current: Rate, wanted: Rate): boolean {
  const ratio = wanted.bytesPerSecond / wanted.fps / (current.bytesPerSecond / current.fps);
  return ratio < 0.8 || ratio > 1.5;
}
