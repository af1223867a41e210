import { KEEP_MS } from './leftovers.ts';
import type { UploadRecord } from './uploadRecords.ts';

/** How long one that was to come at once may take to begin coming, in ms. */
const ONCE_MS = 60_000;

/**
 * Whether nobody will go on with an upload any more, unless somebody is at it right now. One that was to come at once has
 * ended with the run of the agent that it came to. All times in ms since 1970.
 */
export function isForgotten(
  { begun, once = false }: Pick<UploadRecord, 'begun' | 'once'>,
  now: number,
  started: number,
): boolean {
  if (once && begun < started) return true;
  return now - begun >= (once ? ONCE_MS : KEEP_MS);
}
