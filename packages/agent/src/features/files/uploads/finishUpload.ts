import type { FileHandle } from 'node:fs/promises';
import { PortholeError, type UploadState } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { adoptMode, openToRead, syncFolder } from '../change/newFile.ts';
import { place } from '../change/place.ts';
import { childPath } from '../filePaths.ts';
import type { OpenFolder } from '../fileSpace.ts';
import { hashFile } from '../hashFile.ts';
import type { Hashed } from './received.ts';
import type { UploadRecord } from './uploadRecords.ts';

/** A complete upload under the name that it waits by. */
export interface CompletePart {
  target: OpenFolder;
  handle: FileHandle;
  signal: AbortSignal;
  /** Of all of it, when it was hashed on the way. */
  hashed?: Hashed | undefined;
  /** Makes the names of the folder last, where many files share that. */
  sync?: () => Promise<void>;
}

/** What a complete upload is to become. */
export interface Finishing extends Pick<UploadRecord, 'name' | 'size' | 'sha256' | 'conflict' | 'modified'> {
  /** The name that it waits by. */
  part: string;
}

/** Checks what arrived, writes it through to the drive, and gives it its name in one step. */
export async function finishUpload(record: Finishing, part: CompletePart): Promise<UploadState> {
  const { target, handle } = part;
  const { folder, path } = target;
  await check(record, part);
  await adoptMode(handle, folder, record.conflict === 'replace' ? record.name : undefined);
  if (record.modified !== undefined) await handle.utimes(new Date(), new Date(record.modified));
  await handle.sync();
  const { size, sha256, conflict } = record;
  const isEqual = conflict === 'same' && (await isSame(folder, record.name, { size, sha256, signal: part.signal }));
  const keeping = isEqual ? 'skip' : 'rename';
  const rule = conflict === 'same' ? keeping : conflict;
  const name = await place({ from: folder, source: record.part, to: folder, name: record.name }, rule);
  if (name === undefined) return { offset: size, state: 'skipped', path: childPath(path, record.name) };
  await (part.sync?.() ?? syncFolder(folder));
  return { offset: size, state: 'done', path: childPath(path, name) };
}

async function check({ sha256, size }: Finishing, { handle, hashed, signal }: CompletePart): Promise<void> {
  if (sha256 === undefined) return;
  const hash = hashed?.bytes === size ? hashed.hash : await hashFile(handle, { length: size, signal });
  if (hash.digest('hex') !== sha256) throw new PortholeError('upload.wrong-hash');
}

/** True when there is an ordinary file of that name with that content. */
export async function isSame(
  folder: Folder,
  name: string,
  { size, sha256, signal }: { size: number; sha256: string | undefined; signal: AbortSignal },
): Promise<boolean> {
  const handle = sha256 === undefined ? undefined : await openToRead(folder, name).catch(() => undefined);
  if (!handle) return false;
  try {
    if ((await handle.stat()).size !== size) return false;
    return (await hashFile(handle, { length: size, signal })).digest('hex') === sha256;
  } finally {
    await handle.close();
  }
}
