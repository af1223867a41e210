/** A viewer that granted nothing for so long while something waited for it does not look any more, in ms. */
export const STALL_MS = 2_000;
/** What may wait for one viewer while others go on, in bytes. */
export const MAX_WAITING = 256 * 1024;

/**
 * How a viewer follows a session: `inStep` when nothing waits for it, `held` while something waits for its credit, `behind`
 * once that was given up: it gets nothing until its credit is back, and then the screen instead of what it missed.
 */
export type Pace = 'inStep' | 'held' | 'behind';

export interface Waiting {
  /** Bytes of output that wait for credit. */
  bytes: number;
  /** Of those, what is its picture of the screen: it was asked for, and is not too much. */
  picture: number;
  /** Since when nothing was granted, or something began to wait, in ms; what was later. */
  idleMs: number;
}

/** The pace of a viewer who was not behind. */
export function paceOf({ bytes, picture, idleMs }: Waiting): Pace {
  if (bytes === 0) return 'inStep';
  return bytes - picture > MAX_WAITING || idleMs >= STALL_MS ? 'behind' : 'held';
}

/** Whether a viewer who is behind has read what it was sent; it grants what it read a quarter of the window at a time. */
export function isBack(credit: number, window: number): boolean {
  return credit > window - (window >> 2);
}

/** Whether the programs of a session may go on: somebody keeps up, or nobody is there who would wait. */
export function mayRun(paces: readonly Pace[]): boolean {
  return paces.includes('inStep') || !paces.includes('held');
}
