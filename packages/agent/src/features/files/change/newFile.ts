import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import type { Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
/** What new files are allowed by this program's own mask; read once, since asking for it changes it for a moment. */
export const NEW_FILE_MODE = 0o666 & ~process.umask();

/** Makes a file that nobody else may read yet; EEXIST when there is anything of that name. The caller closes it. */
export function createFile(folder: Folder, name: string): Promise<FileHandle> {
  return open(folder.at(name), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
}

/** Opens an ordinary file for changing it; undefined when there is none. The caller closes it. */
export function openToWrite(folder: Folder, name: string): Promise<FileHandle | undefined> {
  return openOrdinary(folder, name, O_RDWR);
}

/** Opens an ordinary file; undefined when there is none. The caller closes it. */
export function openToRead(folder: Folder, name: string): Promise<FileHandle | undefined> {
  return openOrdinary(folder, name, O_RDONLY);
}

async function openOrdinary(folder: Folder, name: string, flags: number): Promise<FileHandle | undefined> {
  try {
    const handle = await open(folder.at(name), flags | O_NOFOLLOW | O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return undefined;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ELOOP') return undefined;
    throw error;
  }
}

/** Writes all pieces, one behind the other, from `position` on. */
export async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[], position: number): Promise<void> {
  let at = position;
  for (let rest = behind(pieces, 0); rest.length > 0; ) {
    const { bytesWritten } = await handle.writev(rest, at);
    at += bytesWritten;
    rest = behind(rest, bytesWritten);
  }
}

/** What of the pieces comes after the first `bytes`, without empty ones. */
export function behind(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skipped = bytes;
  return pieces.flatMap((piece) => {
    const skip = Math.min(skipped, piece.byteLength);
    skipped -= skip;
    return skip < piece.byteLength ? [piece.subarray(skip)] : [];
  });
}

/** Gives a new file the rights of the one that it is about to replace, if there is one, or those of any new file. */
export async function adoptMode(handle: FileHandle, folder: Folder, replaces: string | undefined): Promise<void> {
  const earlier = replaces === undefined ? undefined : await lstat(folder.at(replaces)).catch(() => undefined);
  if (!earlier?.isFile()) return await handle.chmod(NEW_FILE_MODE);
  // Only the superuser may give a file away; anybody else keeps it.
  await handle.chown(earlier.uid, earlier.gid).catch(() => undefined);
  await handle.chmod(earlier.mode & 0o777);
}

/** Makes the names of a folder last. Folders that may not be read, and file systems that know of no such thing, are left as they are. */
export async function syncFolder(folder: Folder): Promise<void> {
  try {
    const handle = await open(folder.at(''), O_RDONLY | O_DIRECTORY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EACCES', 'EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes(errnoOf(error))) throw error;
  }
}
