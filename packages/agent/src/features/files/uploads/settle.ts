import { lstat } from 'node:fs/promises';
import { type FileAsk, PortholeError, type UploadState } from '@porthole/protocol';
import { checkReplaceable } from '../change/place.ts';
import { errnoOf } from '../errno.ts';
import { childPath } from '../filePaths.ts';
import type { OpenFolder } from '../fileSpace.ts';
import { isSame } from './finishUpload.ts';

/** Where a file is to be. */
export interface Settling {
  target: Pick<OpenFolder, 'folder' | 'path'>;
  name: string;
  signal: AbortSignal;
}

/**
 * What the rule says before a byte was sent, when the name is taken already: the result, or undefined when the file is to
 * come. Throws `file.exists` and `file.not-regular`.
 */
export async function settle(
  { conflict, size, sha256 }: FileAsk<'take'>,
  { target: { folder, path }, name, signal }: Settling,
): Promise<UploadState | undefined> {
  const there = await lstat(folder.at(name)).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!there || conflict === 'rename') return undefined;
  if (conflict === 'fail' || (conflict === 'replace' && there.isDirectory())) throw new PortholeError('file.exists');
  if (conflict === 'replace') await checkReplaceable(folder, name);
  const skips = conflict === 'skip' || (conflict === 'same' && (await isSame(folder, name, { size, sha256, signal })));
  return skips ? { offset: size, state: 'skipped', path: childPath(path, name) } : undefined;
}
