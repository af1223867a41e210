import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for one test (mode 0700), removed with all in it on `close()`. */
export class TempDir implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'porthole-test-'));

  close(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
