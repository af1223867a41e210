import type { BigIntStats } from 'node:fs';
import { lstat, rmdir, unlink } from 'node:fs/promises';
import { PortholeError } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace } from '../fileSpace.ts';
import { readFolder } from '../see/readFolder.ts';
import type { Progress } from './progress.ts';

/** An entry to be removed with all that is in it. */
export interface Doomed {
  folder: Folder;
  name: string;
  path: string;
}

/** Whether something that is no folder may go, by the state that it is in. */
export type MayGo = (stats: BigIntStats) => boolean;

/**
 * Removes an entry and everything below it, never through a link. What cannot be removed, or may not go, is noted, and stays with
 * the folders that hold it; false then.
 */
export async function removeTree(
  space: FileSpace,
  doomed: Doomed,
  progress: Progress,
  mayGo?: MayGo,
): Promise<boolean> {
  const { folder, name, path } = doomed;
  progress.signal.throwIfAborted();
  try {
    if (mayGo) await check(folder, name, mayGo);
    if (await removeOne(folder, name)) {
      await progress.add({ entries: 1 });
      return true;
    }
    const isEmpty = await removeBelow(space, doomed, progress, mayGo);
    if (!isEmpty) return false;
    await rmdir(folder.at(name));
    await progress.add({ entries: 1 });
    return true;
  } catch (error) {
    progress.signal.throwIfAborted();
    if (errnoOf(error) === 'ENOENT') return true;
    progress.fail(path, error);
    return false;
  }
}

async function check(folder: Folder, name: string, mayGo: MayGo): Promise<void> {
  const stats = await lstat(folder.at(name), { bigint: true });
  if (!stats.isDirectory() && !mayGo(stats)) throw new PortholeError('file.changed');
}

/** False when it is a folder. */
async function removeOne(folder: Folder, name: string): Promise<boolean> {
  try {
    await unlink(folder.at(name));
    return true;
  } catch (error) {
    // Linux says EISDIR of folders, other systems EPERM.
    if (errnoOf(error) !== 'EISDIR' && errnoOf(error) !== 'EPERM') throw error;
    return await rmdirIfEmpty(folder, name, error);
  }
}

async function rmdirIfEmpty(folder: Folder, name: string, reason: unknown): Promise<boolean> {
  try {
    await rmdir(folder.at(name));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST') return false;
    throw errnoOf(error) === 'ENOTDIR' ? reason : error;
  }
}

async function removeBelow(
  space: FileSpace,
  { folder, name, path }: Doomed,
  progress: Progress,
  mayGo: MayGo | undefined,
): Promise<boolean> {
  const below = await space.openBelow(folder, name);
  let isEmpty = true;
  try {
    // What is mounted inside of a folder is another drive, and nobody asked to empty that.
    if ((await below.stat()).dev !== (await folder.stat()).dev) throw new PortholeError('file.busy');
    // Removing while reading skips entries on some systems, so the names come first.
    const names: string[] = [];
    for await (const batch of readFolder(below)) for (const entry of batch) names.push(entry.name);
    for (const inside of names) {
      const doomed = { folder: below, name: inside, path: childPath(path, inside) };
      const gone = await removeTree(space, doomed, progress, mayGo);
      isEmpty &&= gone;
    }
  } finally {
    await below.close();
  }
  return isEmpty;
}
