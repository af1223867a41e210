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
const BATCH = 256;
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

/** As many as there still are; less than a batch at the end. Callbacks, since a promise for each entry costs half the time. */
function readBatch(dir: Dir): Promise<NamedEntry[]> {
  const batch: NamedEntry[] = [];
  return new Promise((resolve, reject) => {
    const next = () =>
      dir.read((error, entry) => {
        if (error) return reject(error);
        if (!entry) return resolve(batch);
        batch.push({ name: nameOfLatin1(entry.name), kind: kindOf(entry) });
        if (batch.length === BATCH) resolve(batch);
        else next();
      });
    next();
  });
}

function nameOfLatin1(bytes: string): string {
  return BEYOND_ASCII.test(bytes) ? nameOfBytes(Buffer.from(bytes, 'latin1')) : bytes;
}
