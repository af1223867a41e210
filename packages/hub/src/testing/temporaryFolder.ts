import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Closing } from '../base/closing.ts';

/** The part of a test's context that is needed to clean up. */
export interface Cleanup {
  after(work: () => unknown): void;
}

/** What is added is closed when the test ends, the last first; a test's own hooks run the other way round. */
export function closingAfter(t: Cleanup): Closing {
  const closing = new Closing();
  t.after(() => closing.close());
  return closing;
}

/** A folder of mode 0700 that goes when the test ends. */
export function temporaryFolder(t: Cleanup, closing: Closing = closingAfter(t)): string {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-'));
  closing.add({ close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) });
  return folder;
}
