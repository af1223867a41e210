import { mkdir } from 'node:fs/promises';
import type { Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import { checkNewName } from '../fileNames.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace, OpenFolder } from '../fileSpace.ts';

/** Opens a folder below another, making what is missing on the way; never through a link. The caller closes it. */
export async function openMaking(space: FileSpace, start: string, names: readonly string[]): Promise<OpenFolder> {
  for (const name of names) checkNewName(name);
  const top = await space.folder(start);
  let { folder, path } = top;
  try {
    for (const name of names) {
      const below = await openOrMake(space, folder, name);
      await folder.close();
      folder = below;
      path = childPath(path, name);
    }
  } catch (error) {
    await folder.close();
    throw error;
  }
  const close = () => folder.close();
  return { folder, path, close, [Symbol.asyncDispose]: close };
}

async function openOrMake(space: FileSpace, folder: Folder, name: string): Promise<Folder> {
  try {
    return await space.openBelow(folder, name);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  try {
    await mkdir(folder.at(name));
  } catch (error) {
    // Another upload of the same folder was quicker.
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  return await space.openBelow(folder, name);
}
