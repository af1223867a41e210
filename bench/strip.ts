/**
 * The clock strip: a time stamp painted as 32 black or white blocks, read back from whatever shows the display. 24 bits
 * hold tenths of a millisecond of the wall clock (they come round every 28 minutes), 8 bits check them.
 */
export const STRIP = { width: 512, height: 16, blocks: 32, block: 16 } as const;

/** The number of a step, painted the same way below the clock strip. */
export const FRAME_STRIP = { y: 16 } as const;

const STAMP_BITS = 24;
const STAMP_RANGE = 2 ** STAMP_BITS;

/** The wall clock with a resolution below a millisecond, the same in Node and in a page on one machine. In ms. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}

/** The strip's value for a moment: stamp above, check below. */
export function stampOf(ms: number): number {
  const stamp = Math.floor(ms * 10) % STAMP_RANGE;
  return stamp * 256 + checkOf(stamp);
}

/** The strip's value for the number of a step; 0 to 16,777,215 can be told apart. */
export function frameValueOf(step: number): number {
  const number = step % STAMP_RANGE;
  return number * 256 + checkOf(number);
}

/** The number of a step that was read as a frame strip's value; undefined when it is none. */
export function frameOf(value: number): number | undefined {
  return readBlocks(blocksOf(value)) === undefined ? undefined : Math.floor(value / 256);
}

/** The blocks of a stamp, first block first: true is white. */
export function blocksOf(value: number): boolean[] {
  return Array.from(
    { length: STRIP.blocks },
    (_, index) => Math.floor(value / 2 ** (STRIP.blocks - 1 - index)) % 2 === 1,
  );
}

/** The stamp that blocks show, or undefined when they are no strip (torn, or not painted yet). */
export function readBlocks(blocks: readonly boolean[]): number | undefined {
  const value = blocks.reduce((sum, white) => sum * 2 + (white ? 1 : 0), 0);
  return value !== 0 && checkOf(Math.floor(value / 256)) === value % 256 ? value : undefined;
}

/** Milliseconds from the stamp in `value` to `seenAt` (wall clock, ms). */
export function ageOf(value: number, seenAt: number): number {
  const seen = (seenAt * 10) % STAMP_RANGE;
  return ((seen - Math.floor(value / 256) + STAMP_RANGE) % STAMP_RANGE) / 10;
}

function checkOf(stamp: number): number {
  return ((stamp ^ (stamp >> 8) ^ (stamp >> 16)) & 255) ^ 0xa5;
}
