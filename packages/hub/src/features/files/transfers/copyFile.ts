import { createHash } from 'node:crypto';
import {
  type FileAsk,
  type FileOperation,
  fileTime,
  PortholeError,
  type TreeEntry,
  type UploadState,
  uploadState,
} from '@porthole/protocol';
import * as z from 'zod';
import { verdictOn } from '../failures.ts';
import { resultOf } from '../fileAccess.ts';
import type { FileChannel } from '../fileChannel.ts';
import { headOf } from '../sendContent.ts';
import type { TransferRow } from './transferRows.ts';

/** Hashing and writing through may take their time on a slow drive, in ms. */
const SLOW_MS = 3_600_000;
const hashed = z.strictObject({ sha256: z.string(), size: z.number() });

/** Asks one of the two devices, with the rights that the user has now. */
export type AskDevice = <Operation extends FileOperation>(
  side: 'from' | 'to',
  operation: Operation,
  ask: FileAsk<Operation>,
) => FileChannel;

export interface FileCopy {
  row: TransferRow;
  entry: TreeEntry;
  ask: AskDevice;
  /** Told of the bytes of this file that the target has, as they get more. */
  progress: (bytes: number) => void;
}

/**
 * Copies one file from device to device. The source says what it must hash to, the target goes on where it is and takes the
 * name only when all of it is right. Nothing is held here but what the two windows allow.
 */
export async function copyFile(copy: FileCopy): Promise<void> {
  try {
    await attempt(copy);
  } catch (error) {
    if (!(error instanceof PortholeError) || verdictOn(error.code) !== 'again') throw error;
    await dropUpload(copy, copy.entry.name);
    await attempt(copy);
  }
}

/** Takes back what the target has of an unfinished file, by the name of its entry. */
export async function dropUpload({ row, ask }: Pick<FileCopy, 'row' | 'ask'>, name: string): Promise<void> {
  await resultOf(ask('to', 'cancel', { id: uploadId(row, name), folder: row.folder }), z.unknown());
}

async function attempt(copy: FileCopy): Promise<void> {
  const { row, entry, ask } = copy;
  const { folder, conflict } = row;
  const { name, path } = entry;
  // A drive may hold times that no other one takes: such a file is copied as one of today.
  const modified = fileTime.safeParse(entry.modified).data;
  const { sha256, size } = await resultOf(ask('from', 'hash', { path }), hashed, SLOW_MS);
  const begin = { id: uploadId(row, name), folder, name, size, modified, conflict, sha256 };
  const begun = await resultOf(ask('to', 'begin', begin), uploadState);
  if (begun.state !== 'receiving') return copy.progress(size);
  if (begun.offset > size) throw new PortholeError('upload.offset');
  const { state } = await stream(copy, { offset: begun.offset, size, sha256 });
  if (state === 'receiving') throw new PortholeError('file.changed');
}

interface Rest {
  offset: number;
  size: number;
  sha256: string;
}

async function stream(copy: FileCopy, { offset, size, sha256 }: Rest): Promise<UploadState> {
  const { row, entry, ask, progress } = copy;
  const source = ask('from', 'read', { path: entry.path, offset, length: size - offset });
  try {
    await headOf(source);
    const target = ask('to', 'write', { id: uploadId(row, entry.name), folder: row.folder, offset, sha256 });
    // A target that is gone ends the wait for the source, and tells why.
    void target.ended.then(() => source.close());
    try {
      await pump(source, target, (bytes) => progress(offset + bytes));
      await target.sendDone();
      return await resultOf(target, uploadState, SLOW_MS);
    } catch (error) {
      throw target.failure ?? error;
    } finally {
      target.close();
    }
  } finally {
    source.close();
  }
}

async function pump(source: FileChannel, target: FileChannel, progress: (bytes: number) => void): Promise<void> {
  let sent = 0;
  for (;;) {
    const message = await source.next();
    if (message.type === 'done') return;
    if (message.type === 'item') continue;
    await target.sendBytes(message.bytes);
    sent += message.bytes.byteLength;
    progress(sent);
  }
}

/** The same for the same file of the same copy, so that it is found again after a restart. */
function uploadId({ id }: TransferRow, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([id, name]))
    .digest('base64url')
    .slice(0, 22);
}
