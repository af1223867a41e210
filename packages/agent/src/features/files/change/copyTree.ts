import type { BigIntStats } from 'node:fs';
import { chmod, lstat, mkdir, readlink, symlink, utimes } from 'node:fs/promises';
import { PortholeError } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace } from '../fileSpace.ts';
import { readFolder } from '../see/readFolder.ts';
import type { CopiedFiles } from './copiedFiles.ts';
import { copyFile, verifyCopy } from './copyFile.ts';
import { isSame } from './identity.ts';
import { type Placing, place, type Rule } from './place.ts';
import { Progress } from './progress.ts';
import { removeTree } from './removeTree.ts';
import type { Scratch } from './scratch.ts';

/** An entry to be copied. */
export interface Source {
  folder: Folder;
  name: string;
  path: string;
}

export interface Copying {
  space: FileSpace;
  progress: Progress;
  scratch: Scratch;
  /** Every copy is compared with its source before it takes its name. */
  verify: boolean;
  /** Gets every file and link that was copied. */
  copied?: CopiedFiles;
}

/** Within one copy: the folder that it is made in. */
type CopyingInto = Copying & { into: BigIntStats };

/**
 * Copies an entry with all that is in it into a folder. It is made under a name of its own first, so nothing half done is
 * ever seen. False when something of it was left out, which is noted, or all of it by the rule.
 */
export async function copyInto(
  copying: Copying,
  source: Source,
  to: Folder,
  name: string,
  rule: Rule,
): Promise<boolean> {
  const within = { ...copying, into: await to.stat() };
  return await copying.scratch.use(to, (part) => copyBy(within, source, { from: to, source: part, to, name }, rule));
}

async function copyBy(copying: CopyingInto, source: Source, placing: Placing, rule: Rule): Promise<boolean> {
  const { space } = copying;
  const { to, source: part } = placing;
  try {
    const isWhole = await copyAs(copying, source, to, part);
    const placed = await place(placing, rule);
    if (placed === undefined) await discard(space, to, part);
    return isWhole && placed !== undefined;
  } catch (error) {
    await discard(space, to, part);
    throw error;
  }
}

/** Copies an entry to a name that is free. False when something in it was left out. */
async function copyAs(copying: CopyingInto, source: Source, to: Folder, name: string): Promise<boolean> {
  const { space, progress, verify, into } = copying;
  await using pinned = await space.pinnedAt(source.folder, source.name);
  const { stats } = pinned;
  // No path needs to tell that: a folder may be mounted in two places.
  if (isSame(stats, into)) throw new PortholeError('file.into-itself');
  if (stats.isDirectory()) return await copyFolder(copying, source, to, name);
  if (stats.isSymbolicLink()) {
    await symlink(await readlink(source.folder.at(source.name), 'buffer'), to.at(name));
  } else if (stats.isFile()) {
    await copyFile(pinned, to, name, progress);
    if (verify) await verifyCopy(pinned, to, name, progress.signal);
  } else throw new PortholeError('file.not-regular');
  copying.copied?.add(stats);
  await progress.add({ entries: 1 });
  return true;
}

async function copyFolder(copying: CopyingInto, source: Source, to: Folder, name: string): Promise<boolean> {
  const from = await copying.space.openBelow(source.folder, source.name);
  let isWhole = true;
  try {
    const stats = await from.stat();
    await mkdir(to.at(name), 0o700);
    const made = await copying.space.openBelow(to, name);
    try {
      for await (const batch of readFolder(from)) {
        for (const entry of batch) {
          const inside = { folder: from, name: entry.name, path: childPath(source.path, entry.name) };
          const isDone = await copyOrNote(copying, inside, made);
          isWhole &&= isDone;
        }
      }
      await chmod(made.at(''), Number(stats.mode & 0o777n));
      await utimes(made.at(''), Number(stats.atimeMs) / 1e3, Number(stats.mtimeMs) / 1e3);
    } finally {
      await made.close();
    }
  } finally {
    await from.close();
  }
  await copying.progress.add({ entries: 1 });
  return isWhole;
}

async function copyOrNote(copying: CopyingInto, source: Source, to: Folder): Promise<boolean> {
  try {
    return await copyAs(copying, source, to, source.name);
  } catch (error) {
    copying.progress.signal.throwIfAborted();
    copying.progress.fail(source.path, error);
    return false;
  }
}

/** Nothing half done stays, even though the channel may be over already. */
async function discard(space: FileSpace, folder: Folder, name: string): Promise<void> {
  if (!(await lstat(folder.at(name)).catch(() => undefined))) return;
  await removeTree(space, { folder, name, path: name }, Progress.silent());
}
