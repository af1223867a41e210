import { type BigIntStats, constants } from 'node:fs';
import { link, lstat, mkdir, open, rename, rmdir, unlink } from 'node:fs/promises';
import { PortholeError } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import { kindOf } from '../see/describe.ts';
import { isSame } from './identity.ts';
import { numberedName } from './keepBoth.ts';

/** What to do when the name is taken, once `same` was decided. */
export type Rule = 'fail' | 'skip' | 'replace' | 'rename';

/** Where something is now, and where it is to be. */
export interface Placing {
  from: Folder;
  /** Name of what is to be placed. */
  source: string;
  to: Folder;
  name: string;
}

/** File systems without hard links, and links that the system forbids. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);
const MAX_NUMBER = 10_000;

/** Gives a thing its name in one step, by the rule; answers the name, or undefined when it was left where it is. */
export async function place(placing: Placing, rule: Rule): Promise<string | undefined> {
  const { to, name } = placing;
  if (rule === 'replace') return await replace(placing);
  try {
    await placeNew(placing);
    return name;
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    if (rule === 'skip') return undefined;
    if (rule === 'fail') throw new PortholeError('file.exists');
  }
  for (let number = 2; number < MAX_NUMBER; number++) {
    const other = numberedName(name, number);
    try {
      await placeNew({ ...placing, to, name: other });
      return other;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
  throw new PortholeError('file.exists');
}

/** Takes the name if it is free; EEXIST when it is not, even if that was decided at this very moment. */
export async function placeNew({ from, source, to, name }: Placing): Promise<void> {
  const stats = await lstat(from.at(source), { bigint: true });
  if (stats.isDirectory()) return await placeFolder({ from, source, to, name });
  try {
    await link(from.at(source), to.at(name));
  } catch (error) {
    if (!NO_LINKS.has(errnoOf(error))) throw error;
    return await placeReserved({ from, source, to, name });
  }
  try {
    await unlink(from.at(source));
  } catch (error) {
    // Somebody else was quicker to give it another name: it may not have two.
    if (errnoOf(error) === 'ENOENT' && (await isAt(to, name, stats))) await unlink(to.at(name));
    throw error;
  }
}

async function isAt(folder: Folder, name: string, thing: BigIntStats): Promise<boolean> {
  const there = await statsAt(folder, name);
  return there !== undefined && isSame(there, thing);
}

async function statsAt(folder: Folder, name: string): Promise<BigIntStats | undefined> {
  return await lstat(folder.at(name), { bigint: true }).catch(() => undefined);
}

async function replace({ from, source, to, name }: Placing): Promise<string> {
  await checkReplaceable(to, name);
  try {
    const stats = await lstat(from.at(source), { bigint: true });
    // Two names of one file: the system would leave both of them, and say that it is done. One that is mounted there has but one.
    if (!stats.isDirectory() && stats.nlink > 1n && (await isAt(to, name, stats))) await unlink(from.at(source));
    else await rename(from.at(source), to.at(name));
    return name;
  } catch (error) {
    // A file never takes the place of a folder, nor a folder that of something.
    if (['EISDIR', 'ENOTDIR', 'ENOTEMPTY'].includes(errnoOf(error))) throw new PortholeError('file.exists');
    throw error;
  }
}

/** Pipes, sockets and devices are somebody's doors: no file takes their place. Throws `file.not-regular`. */
export async function checkReplaceable(folder: Folder, name: string): Promise<void> {
  const there = await statsAt(folder, name);
  if (there && kindOf(there) === 'other') throw new PortholeError('file.not-regular');
}

/** Takes the name with an empty file first, which is then replaced. */
async function placeReserved({ from, source, to, name }: Placing): Promise<void> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  await (await open(to.at(name), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600)).close();
  try {
    await rename(from.at(source), to.at(name));
  } catch (error) {
    await unlink(to.at(name));
    throw error;
  }
}

/** Takes the name with an empty folder first: only that can be replaced by a folder, and only while it is empty. */
async function placeFolder({ from, source, to, name }: Placing): Promise<void> {
  await mkdir(to.at(name), 0o700);
  try {
    await rename(from.at(source), to.at(name));
  } catch (error) {
    await rmdir(to.at(name)).catch(() => undefined);
    throw errnoOf(error) === 'ENOTEMPTY' ? new PortholeError('file.exists') : error;
  }
}
