import assert from 'node:assert/strict';
import { PortholeError, WireError } from '@porthole/protocol';

/** A single message must be dealt with in this time, in ms: a bound against hangs. */
const HANG_MS = 200;

/** Runs one hostile case. It may be refused in the words of the protocol, and nothing else may come of it; `what` names it. */
export function assertHarmless(what: () => string, run: () => void): void {
  // A busy machine may pause us once; a case that hangs does so every time.
  for (let attempt = 0; attempt < 3; attempt++) {
    const start = performance.now();
    try {
      run();
    } catch (error) {
      if (!(error instanceof WireError || error instanceof PortholeError)) {
        assert.fail(`${what()}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
    if (performance.now() - start <= HANG_MS) return;
  }
  assert.fail(`${what()}: hangs`);
}
