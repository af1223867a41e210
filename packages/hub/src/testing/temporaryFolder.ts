import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The part of a test's context that is needed to clean up. */
export interface Cleanup {
  after(work: () => unknown): void;
}

/** A folder of mode 0700 that goes when the test ends. */
export function temporaryFolder(t: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
