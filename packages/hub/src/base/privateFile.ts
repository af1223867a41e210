import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Failure, isErrno } from './failure.ts';

/** Permission bits of group and others. Systems without POSIX users report meaningless bits, so nothing is judged there. */
const WIDER = process.getuid ? 0o077 : 0;

/** Throws `Failure` when anybody but the owner may reach `path`. */
export function refuseWider(path: string): void {
  const mode = statSync(path).mode;
  if ((mode & WIDER) === 0) return;
  const wanted = (mode & 0o7700).toString(8).slice(-3);
  throw new Failure(`${path} is open to other users of this machine; close it with: chmod ${wanted} ${path}`);
}

/** Makes an empty file of mode 0600 unless there is one. Throws `Failure` when it cannot, or when others may reach it. */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    if (isErrno(error, 'EACCES') || isErrno(error, 'EROFS')) throw new Failure(`${path} cannot be written to.`);
    throw error;
  }
  refuseWider(path);
}

/** Reads a file that only its owner may read; undefined when there is none. Throws `Failure` when it is wider. */
export function readPrivateFile(path: string): string | undefined {
  try {
    refuseWider(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Writes a file of mode 0600 so that a reader sees all of it or nothing, whatever happens meanwhile. `create` keeps a file
 * that is already there (another process was first) and returns false then.
 */
export function writePrivateFile(path: string, content: string, how: 'create' | 'replace'): boolean {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeSynced(temporary, content);
    if (how === 'replace') renameSync(temporary, path);
    else linkSync(temporary, path);
  } catch (error) {
    if (how === 'create' && isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    removeIfThere(temporary);
  }
  syncFolder(dirname(path));
  return true;
}

function writeSynced(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    // Unlike `writeSync` it goes on until all is written, or throws.
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
