import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from '../base/failure.ts';
import { type Cleanup, closingAfter, temporaryFolder } from './temporaryFolder.ts';

/** A real disk of two megabytes that a test can fill up and free again. */
export interface SmallDisk {
  /** A folder of mode 0700 on it. */
  folder: string;
  /** Takes every block that is left. */
  fill(): void;
  free(): void;
}

const BLOCK = Buffer.alloc(4096, 1);

/** Mounts a disk, which takes root, until the test ends. What uses it has to be closed by later hooks, or it stays busy. */
export function smallDisk(t: Cleanup): SmallDisk {
  const closing = closingAfter(t);
  const mountPoint = temporaryFolder(t, closing);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0700', 'tmpfs', mountPoint]);
  closing.add({ close: () => execFileSync('umount', ['--lazy', mountPoint]) });
  const filler = join(mountPoint, 'filler');
  const folder = join(mountPoint, 'data');
  mkdirSync(folder, { mode: 0o700 });
  return { folder, fill: () => writeToTheEnd(filler), free: () => rmSync(filler) };
}

function writeToTheEnd(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (;;) writeSync(file, BLOCK);
  } catch (error) {
    if (!isErrno(error, 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}
