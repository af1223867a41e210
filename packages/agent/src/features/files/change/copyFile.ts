import { constants } from 'node:fs';
import { copyFile as copyWhole, type FileHandle, unlink } from 'node:fs/promises';
import { PortholeError } from '@porthole/protocol';
import type { Folder, Pinned } from '../backend.ts';
import { openPinned } from '../fileSpace.ts';
import { hashFile } from '../hashFile.ts';
import { createFile, openToRead, openToWrite, writeAll } from './newFile.ts';
import type { Progress } from './progress.ts';

const { COPYFILE_EXCL, COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE } = constants;
/** Up to this size the system copies a file in one call; larger ones in steps, which can be ended and told of. */
const IN_ONE_CALL = 4 * 1024 * 1024;
const STEP = 1024 * 1024;

/** Copies the content, mode and time of an ordinary file to a new name; nothing is left there when that fails. */
export async function copyFile(source: Pinned, to: Folder, name: string, progress: Progress): Promise<void> {
  const { handle, stats } = await openPinned(source);
  try {
    await copyContent(source, handle, { to, name }, progress);
    const after = await handle.stat({ bigint: true });
    if (after.size !== stats.size || after.mtimeNs !== stats.mtimeNs) throw new PortholeError('file.changed');
    const copied = await openToWrite(to, name);
    if (!copied) throw new PortholeError('file.changed');
    try {
      await copied.chmod(Number(stats.mode & 0o777n));
      await copied.utimes(seconds(stats.atimeNs), seconds(stats.mtimeNs));
    } finally {
      await copied.close();
    }
  } catch (error) {
    await unlink(to.at(name)).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

/** Throws unless the two files are equal byte for byte; the second one is written through to the drive first. */
export async function verifyCopy(source: Pinned, to: Folder, name: string, signal: AbortSignal): Promise<void> {
  const { handle, stats } = await openPinned(source);
  let copied: FileHandle | undefined;
  try {
    copied = await openToRead(to, name);
    await copied?.sync();
    const length = Number(stats.size);
    const [a, b] = [await hashFile(handle, { length, signal }), copied && (await hashFile(copied, { length, signal }))];
    if (a.digest('hex') !== b?.digest('hex')) throw new PortholeError('upload.wrong-hash');
  } finally {
    await handle.close();
    await copied?.close();
  }
}

async function copyContent(
  { stats, path }: Pinned,
  handle: FileHandle,
  { to, name }: { to: Folder; name: string },
  progress: Progress,
): Promise<void> {
  const isSparse = stats.blocks * 512n < stats.size;
  if (stats.size <= IN_ONE_CALL && !isSparse) {
    await copyWhole(path, to.at(name), COPYFILE_EXCL | COPYFILE_FICLONE);
    return await progress.add({ bytes: Number(stats.size) });
  }
  if (await clone(path, to.at(name))) return await progress.add({ bytes: Number(stats.size) });
  const target = await createFile(to, name);
  try {
    await copySteps(handle, target, { size: Number(stats.size), isSparse }, progress);
  } finally {
    await target.close();
  }
}

/** File systems that can share content between two files do so at once; false for all others. */
async function clone(from: string | Buffer, to: string | Buffer): Promise<boolean> {
  return await copyWhole(from, to, COPYFILE_EXCL | COPYFILE_FICLONE_FORCE).then(
    () => true,
    () => false,
  );
}

/** Holes of a sparse file stay holes. */
async function copySteps(
  from: FileHandle,
  to: FileHandle,
  { size, isSparse }: { size: number; isSparse: boolean },
  progress: Progress,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(STEP);
  const zeros = isSparse ? Buffer.alloc(STEP) : undefined;
  for (let at = 0; at < size; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(STEP, size - at), at);
    if (bytesRead === 0) throw new PortholeError('file.changed');
    const piece = buffer.subarray(0, bytesRead);
    if (!zeros?.subarray(0, bytesRead).equals(piece)) await writeAll(to, [piece], at);
    at += bytesRead;
    await progress.add({ bytes: bytesRead });
  }
  await to.truncate(size);
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000n) / 1e6;
}
