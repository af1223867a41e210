import type { Dir } from 'node:fs';
import { opendir } from 'node:fs/promises';
import type { FileEntry } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { nameOfBytes } from '../fileNames.ts';
import { kindOf } from './describe.ts';

export interface NamedEntry {
  name: string;
  kind: FileEntry['kind'];
}

/** Entries that are fetched from the system, and handed on, at once. */
const BATCH = 1_024;
const BEYOND_ASCII = /[\x80-\xff]/;

/** The entries of a folder as the system gives them, in no order, some at a time. */
export async function* readFolder(folder: Folder): AsyncGenerator<NamedEntry[], void, undefined> {
  // Latin-1 keeps every byte as it is, whatever a name is written in.
  const dir = await opendir(folder.at(''), { encoding: 'latin1', bufferSize: BATCH });
  try {
    for (;;) {
      const batch = await readBatch(dir);
      if (batch.length > 0) yield batch;
      if (batch.length < BATCH) return;
    }
  } finally {
    await dir.close();
  }
}

/**
 * As many as there still are; less than a batch at the end. The first is waited for, and with it the system hands over a
 * batch; the others are then taken without waiting, since a callback for each would cost as much again.
 */
async function readBatch(dir: Dir): Promise<NamedEntry[]> {
  const batch: NamedEntry[] = [];
  for (let entry = await dir.read(); entry; entry = batch.length < BATCH ? dir.readSync() : null) {
    batch.push({ name: nameOfLatin1(entry.name), kind: kindOf(entry) });
  }
  return batch;
}

function nameOfLatin1(bytes: string): string {
  return BEYOND_ASCII.test(bytes) ? nameOfBytes(Buffer.from(bytes, 'latin1')) : bytes;
}
