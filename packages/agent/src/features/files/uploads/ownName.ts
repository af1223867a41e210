import { lstat } from 'node:fs/promises';
import type { Folder } from '../backend.ts';
import { numberedName } from '../change/keepBoth.ts';
import type { UploadRecord } from './uploadRecords.ts';

/** What tells a complete upload from a stranger of the same name. */
export type Own = Pick<UploadRecord, 'name' | 'size' | 'conflict' | 'inode'>;

/** Other names that are looked at; who has more files of one name is asked to send it again. */
const MAX_NUMBER = 1_000;

/**
 * The name that a complete upload has taken already, should the agent have been killed before it could tell; undefined when
 * it has none. By the rule `rename` that may be a numbered one.
 */
export async function ownName(folder: Folder, { name, size, conflict, inode }: Own): Promise<string | undefined> {
  const last = conflict === 'rename' ? MAX_NUMBER : 1;
  for (let number = 1; number <= last; number++) {
    const taken = number === 1 ? name : numberedName(name, number);
    const there = await lstat(folder.at(taken), { bigint: true }).catch(() => undefined);
    if (!there) return undefined;
    if (there.isFile() && String(there.ino) === inode && Number(there.size) === size) return taken;
  }
  return undefined;
}
