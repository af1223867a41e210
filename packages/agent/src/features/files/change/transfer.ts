import { lstat, rmdir } from 'node:fs/promises';
import { type FileAsk, type Outcome, PortholeError } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import type { Exchange } from '../exchange.ts';
import { childPath, isWithin, splitPath } from '../filePaths.ts';
import type { FileSpace, OpenFolder, Spot } from '../fileSpace.ts';
import { readFolder } from '../see/readFolder.ts';
import { CopiedFiles } from './copiedFiles.ts';
import { verifyCopy } from './copyFile.ts';
import { type Copying, copyInto, type Source } from './copyTree.ts';
import { isSame, isSameFolder } from './identity.ts';
import { place, type Rule } from './place.ts';
import { Progress } from './progress.ts';
import { removeTree } from './removeTree.ts';

type Ask = FileAsk<'copy'>;
/** What it is done with. */
type Means = Pick<Copying, 'space' | 'scratch'>;
type Conflict = Ask['conflict'];
/** Puts one entry into a folder by a rule; true when all of it arrived. */
type Put = (copying: Copying, source: Source, to: Folder, rule: Rule) => Promise<boolean>;

/** Copies entries with all that is in them into a folder of this device. */
export function copy({ space, scratch }: Means, ask: Ask, exchange: Exchange): Promise<Outcome> {
  return transfer(
    { space, scratch, progress: new Progress(exchange), verify: false },
    ask,
    (copying, source, to, rule) => copyInto(copying, source, to, source.name, rule),
  );
}

/** Moves entries into a folder of this device; to another drive by copying, comparing and removing. */
export function move({ space, scratch }: Means, ask: Ask, exchange: Exchange): Promise<Outcome> {
  return transfer({ space, scratch, progress: new Progress(exchange), verify: true }, ask, moveInto);
}

async function transfer(copying: Copying, { paths, folder, conflict }: Ask, put: Put): Promise<Outcome> {
  const { space, progress } = copying;
  await using target = await space.folder(folder);
  return await progress.forEach(paths, async (path) => {
    await using spot = await space.spot(path);
    await checkWhereTo(space, spot, target);
    const isAtHome = await isSameFolder(spot.folder, target.folder);
    if (isAtHome && put === moveInto) return true;
    return await putByRule(copying, spot, target.folder, { conflict: isAtHome ? 'rename' : conflict, put });
  });
}

async function checkWhereTo(space: FileSpace, spot: Spot, target: OpenFolder): Promise<void> {
  if (spot.name === '') throw new PortholeError('file.denied');
  await using pinned = await space.pinnedAt(spot.folder, spot.name);
  if (!pinned.stats.isDirectory()) return;
  const isOnPath = isWithin(splitPath(spot.path), splitPath(target.path));
  if (isOnPath || isSame(pinned.stats, await target.folder.stat())) throw new PortholeError('file.into-itself');
}

/** Two folders become one where the rule lets things be replaced; what is in them is dealt with one by one. */
async function putByRule(
  copying: Copying,
  source: Source,
  to: Folder,
  { conflict, put }: { conflict: Conflict; put: Put },
): Promise<boolean> {
  const there = await kindAt(to, source.name);
  const here = await kindAt(source.folder, source.name);
  const merges = conflict === 'replace' || conflict === 'same';
  if (merges && there === 'directory' && here === 'directory')
    return await merge(copying, source, to, { conflict, put });
  if (conflict !== 'same') return await put(copying, source, to, conflict);
  const isEqual = there === 'file' && here === 'file' && (await isEqualFile(copying, source, to));
  return await put(copying, source, to, isEqual ? 'skip' : 'rename');
}

async function merge(
  copying: Copying,
  source: Source,
  to: Folder,
  rule: { conflict: Conflict; put: Put },
): Promise<boolean> {
  const { space, progress } = copying;
  await using from = await space.openBelow(source.folder, source.name);
  await using into = await space.openBelow(to, source.name);
  if (await isSameFolder(from, into)) return true;
  const names: string[] = [];
  for await (const batch of readFolder(from)) for (const { name } of batch) names.push(name);
  let isWhole = true;
  for (const name of names) {
    progress.signal.throwIfAborted();
    const inside = { folder: from, name, path: childPath(source.path, name) };
    try {
      const isDone = await putByRule(copying, inside, into, rule);
      isWhole &&= isDone;
    } catch (error) {
      progress.signal.throwIfAborted();
      progress.fail(inside.path, error);
      isWhole = false;
    }
  }
  if (isWhole && rule.put === moveInto) await rmdir(source.folder.at(source.name));
  return isWhole;
}

async function moveInto(copying: Copying, source: Source, to: Folder, rule: Rule): Promise<boolean> {
  const { space, progress } = copying;
  try {
    const placed = await place({ from: source.folder, source: source.name, to, name: source.name }, rule);
    await progress.add({ entries: 1 });
    return placed !== undefined;
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV') throw error;
  }
  const copied = new CopiedFiles();
  if (!(await copyInto({ ...copying, copied }, source, to, source.name, rule))) return false;
  // What was added or changed since is nowhere else.
  return await removeTree(space, source, progress, (stats) => copied.has(stats));
}

async function isEqualFile({ space, progress }: Copying, source: Source, to: Folder): Promise<boolean> {
  await using pinned = await space.pinnedAt(source.folder, source.name);
  const there = await lstat(to.at(source.name), { bigint: true });
  if (there.size !== pinned.stats.size) return false;
  return await verifyCopy(pinned, to, source.name, progress.signal).then(
    () => true,
    () => false,
  );
}

async function kindAt(folder: Folder, name: string): Promise<'file' | 'directory' | 'other' | undefined> {
  const stats = await lstat(folder.at(name)).catch(() => undefined);
  if (!stats) return undefined;
  if (stats.isDirectory()) return 'directory';
  return stats.isFile() ? 'file' : 'other';
}
