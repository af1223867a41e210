import type { BigIntStats } from 'node:fs';
import type { Folder } from '../backend.ts';

type Identity = Pick<BigIntStats, 'dev' | 'ino'>;

/** True for one and the same thing, by whatever names and mounts it is reached. Where a drive does not number its things, nothing is. */
export function isSame(one: Identity, other: Identity): boolean {
  return one.ino !== 0n && one.ino === other.ino && one.dev === other.dev;
}

export async function isSameFolder(one: Folder, other: Folder): Promise<boolean> {
  return isSame(await one.stat(), await other.stat());
}
