import { chmod, mkdir } from 'node:fs/promises';
import { type FileProperties, PortholeError } from '@porthole/protocol';
import type { Accounts } from '../../../platform/accounts.ts';
import { checkNewName } from '../fileNames.ts';
import { parentPath } from '../filePaths.ts';
import type { FileSpace } from '../fileSpace.ts';
import { propertiesBelow, propertiesOf } from '../see/describe.ts';
import { placeNew } from './place.ts';

/** Makes a folder. Answers its properties. */
export async function makeFolder(
  space: FileSpace,
  { folder, name }: { folder: string; name: string },
  accounts: Accounts,
): Promise<FileProperties> {
  checkNewName(name);
  await using open = await space.folder(folder);
  await mkdir(open.folder.at(name));
  return await propertiesBelow(space, open, name, accounts);
}

/** Gives an entry another name in its folder; never replaces anything. Answers its properties. */
export async function rename(
  space: FileSpace,
  { path, name }: { path: string; name: string },
  accounts: Accounts,
): Promise<FileProperties> {
  checkNewName(name);
  await using spot = await space.spot(path);
  const { folder } = spot;
  if (spot.name === '') throw new PortholeError('file.denied');
  if (spot.name !== name) await placeNew({ from: folder, source: spot.name, to: folder, name });
  return await propertiesBelow(space, { folder, path: parentPath(spot.path) }, name, accounts);
}

/** Sets who may do what with a file or folder. Answers its properties. */
export async function setMode(
  space: FileSpace,
  { path, mode }: { path: string; mode: number },
  accounts: Accounts,
): Promise<FileProperties> {
  await using spot = await space.spot(path, { follow: true });
  await using pinned = await space.pinnedAt(spot.folder, spot.name);
  if (!pinned.stats.isFile() && !pinned.stats.isDirectory()) throw new PortholeError('file.not-regular');
  await chmod(pinned.path, mode);
  return await propertiesOf(space, spot, accounts);
}
