import { type BigIntStats, constants, type Stats } from 'node:fs';
import { access } from 'node:fs/promises';
import type { FileEntry, FileProperties } from '@porthole/protocol';
import type { Accounts } from '../../../platform/accounts.ts';
import type { Folder } from '../backend.ts';
import { childPath } from '../filePaths.ts';
import { type FileSpace, linkAt, type Spot } from '../fileSpace.ts';

type Kind = FileEntry['kind'];
interface KindOf {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** The kind of whatever Node knows the type of. */
export function kindOf(entry: KindOf): Kind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

/** Changes whenever the content may have: another file, another size, touched since. */
export function etagOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].map((part) => part.toString(36)).join('-');
}

/** ms since 1970, whole. */
export function modifiedOf(stats: Stats | BigIntStats): number {
  return Math.floor(Number(stats.mtimeMs));
}

/** One entry as it stands in a list. */
export function entryOf(name: string, stats: Stats | BigIntStats, accounts: Accounts): FileEntry {
  return {
    name,
    kind: kindOf(stats),
    size: Number(stats.size),
    modified: modifiedOf(stats),
    mode: Number(stats.mode) & 0o7777,
    owner: accounts.user(stats.uid),
    group: accounts.group(stats.gid),
  };
}

/** What a link leads to, as far as it may be seen. */
export async function targetOf(space: FileSpace, path: string): Promise<FileEntry['target']> {
  try {
    await using pinned = await space.pinned(path);
    return kindOf(pinned.stats);
  } catch {
    return 'missing';
  }
}

/** All that can be told of an entry; a link is told of itself. */
export async function propertiesOf(space: FileSpace, spot: Spot, accounts: Accounts): Promise<FileProperties> {
  await accounts.refresh();
  await using pinned = await space.pinnedAt(spot.folder, spot.name);
  const { stats } = pinned;
  const name = spot.name || spot.path.slice(spot.path.lastIndexOf('/') + 1);
  const linkText = stats.isSymbolicLink() ? await linkAt(spot.folder, spot.name) : undefined;
  const target = linkText === undefined ? undefined : await targetOf(space, spot.path);
  return {
    ...entryOf(name, stats, accounts),
    path: spot.path,
    ...(linkText === undefined ? {} : { linkText }),
    ...(target === undefined ? {} : { target }),
    created: Number(stats.birthtimeMs),
    accessed: Number(stats.atimeMs),
    allocated: Number(stats.blocks * 512n),
    names: Number(stats.nlink),
    etag: etagOf(stats),
    readable: await may(pinned.path, constants.R_OK),
    writable: await may(pinned.path, constants.W_OK),
  };
}

/** The properties of an entry of a folder that is held. */
export function propertiesBelow(
  space: FileSpace,
  { folder, path }: { folder: Folder; path: string },
  name: string,
  accounts: Accounts,
): Promise<FileProperties> {
  const spot = { folder, name, path: childPath(path, name), close: nothing, [Symbol.asyncDispose]: nothing };
  return propertiesOf(space, spot, accounts);
}

async function may(path: string | Buffer, mode: number): Promise<boolean> {
  try {
    await access(path, mode);
    return true;
  } catch {
    return false;
  }
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
