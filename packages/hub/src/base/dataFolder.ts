import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PRIVATE_MARK } from '@porthole/protocol';
import { Failure, isErrno } from './failure.ts';
import { makePrivateFile, refuseWider } from './privateFile.ts';

/** Makes the hub's folder if it is missing, marks it as private, and returns its full path. Throws `Failure` when others may look inside. */
export function openDataFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw new Failure(`${folder} is not a folder.`);
  } catch (error) {
    if (isErrno(error, 'EEXIST') || isErrno(error, 'ENOTDIR')) throw new Failure(`${folder} is not a folder.`);
    if (isErrno(error, 'EACCES') || isErrno(error, 'EROFS')) throw new Failure(`${folder} cannot be written to.`);
    throw error;
  }
  refuseWider(folder);
  makePrivateFile(join(folder, PRIVATE_MARK));
  return folder;
}

/**
 * Makes sure that one hub at most runs on a folder. The lock is SQLite's own file lock: the system releases it whatever
 * way the process ends, so a killed hub leaves nothing to clean up.
 */
export function lockDataFolder(folder: string): { close(): void } {
  const path = join(folder, 'hub.lock');
  makePrivateFile(path);
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && error.message.includes('locked'))
      throw new Failure(`Another hub already runs on ${folder}.`);
    throw error;
  }
  let open = true;
  return {
    close() {
      if (open) lock.close();
      open = false;
    },
  };
}
