import { constants } from 'node:os';
import type { RunDevice } from '@porthole/protocol';

/** As `timeout` of the GNU tools and shells have it: too late, could not be run, broken off. */
export const TIMED_OUT = 124;
export const NOT_RUN = 125;
export const INTERRUPTED = 130;

/** What the program exits with for one device. */
export function statusOf({ state, code, signal, timedOut }: RunDevice): number {
  if (state === 'cancelled') return INTERRUPTED;
  if (state !== 'done') return NOT_RUN;
  if (timedOut) return TIMED_OUT;
  return signal === undefined ? statusOfCode(code ?? NOT_RUN) : statusOfSignal(signal);
}

/** A status that this system does not have is never taken for success. */
export function statusOfCode(code: number): number {
  return code >= 0 && code <= 255 ? code : 255;
}

/** 128 and the number of the signal; of one that this system does not have, 128 alone. */
export function statusOfSignal(signal: string): number {
  const numbers: Record<string, number> = constants.signals;
  return 128 + (Object.hasOwn(numbers, signal) ? (numbers[signal] ?? 0) : 0);
}
