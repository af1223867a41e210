import { readFile, realpath, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Drive, Places } from '@porthole/protocol';
import { isPseudo, type Mount, type MountTable } from '../../../platform/mountTable.ts';
import { systemName } from '../fileNames.ts';
import type { FileSpace } from '../fileSpace.ts';

type Place = Places['folders'][number];

/** Drives that are told of at most. */
const MAX_DRIVES = 100;
/** A drive of the network that does not answer is left out. */
const DRIVE_MS = 1_000;
/** File systems that lie in memory or inside of others, and that nobody thinks of as a drive. */
const UNINTERESTING = new Set([
  'tmpfs',
  'ramfs',
  'squashfs',
  'overlay',
  'fuse.portal',
  'fuse.gvfsd-fuse',
  'fuse.snapfuse',
]);
const REMOVABLE = /^\/(?:media|run\/media|mnt\/usb)\//;
const USER_FOLDERS = {
  XDG_DESKTOP_DIR: 'desktop',
  XDG_DOCUMENTS_DIR: 'documents',
  XDG_DOWNLOAD_DIR: 'downloads',
  XDG_MUSIC_DIR: 'music',
  XDG_PICTURES_DIR: 'pictures',
  XDG_VIDEOS_DIR: 'videos',
} as const;

/** Where one begins on this device. */
export async function findPlaces(space: FileSpace, mounts: MountTable, writable: boolean): Promise<Places> {
  const [folders, drives] = await Promise.all([findFolders(space), findDrives(space, mounts)]);
  return { writable, separator: space.backend.separator, folders, drives };
}

async function findFolders(space: FileSpace): Promise<Place[]> {
  const home = homedir();
  const roots = space.roots.map((path): Place => ({ kind: 'root', name: nameOf(path), path }));
  const candidates: Place[] = [
    { kind: 'home', name: nameOf(home), path: home },
    ...(await userFolders(home)),
    ...roots,
  ];
  const seen = await Promise.all(candidates.map((place) => isSeen(space, place.path)));
  return candidates.filter((_, at) => seen[at]);
}

/** The folders that the desktop names, or those of the usual names. */
async function userFolders(home: string): Promise<Place[]> {
  const config = process.env.XDG_CONFIG_HOME || join(home, '.config');
  const text = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '');
  const named = parseUserFolders(text, home);
  const usual = ['Desktop', 'Documents', 'Downloads', 'Music', 'Pictures', 'Videos'];
  return Object.values(USER_FOLDERS).flatMap((kind, at) => {
    const path = named.get(kind) ?? join(home, usual[at] ?? '');
    return path === home ? [] : [{ kind, name: nameOf(path), path }];
  });
}

/** Reads the text of `user-dirs.dirs`: which folder plays which part. */
export function parseUserFolders(text: string, home: string): Map<Place['kind'], string> {
  const found = new Map<Place['kind'], string>();
  for (const [, key = '', value = ''] of text.matchAll(/^(XDG_[A-Z]+_DIR)="(.+)"$/gm)) {
    const kind = Object.entries(USER_FOLDERS).find(([name]) => name === key)?.[1];
    const path = value.replace(/^\$HOME(?=\/|$)/, home).replace(/(.)\/+$/, '$1');
    if (kind && path.startsWith('/')) found.set(kind, path);
  }
  return found;
}

async function findDrives(space: FileSpace, table: MountTable): Promise<Drive[]> {
  const mounts = drivesAmong(await table.list().catch(() => []));
  const known = await Promise.all(mounts.slice(0, MAX_DRIVES).map((mount) => driveOf(space, mount)));
  return known.flatMap((drive) => drive ?? []);
}

/** What people think of as drives, each once: it may be mounted over and over, and is known as the system's or by its first place. */
export function drivesAmong(mounts: readonly Mount[]): Mount[] {
  const system = mounts.findLast(({ path }) => path === '/');
  const others = mounts.filter((mount) => mount.path !== '/' && !isPseudo(mount) && !UNINTERESTING.has(mount.type));
  const numbers = new Set([system?.number]);
  const firsts = others.filter(({ number }) => !numbers.has(number) && numbers.add(number));
  return system ? [system, ...firsts] : firsts;
}

async function driveOf(space: FileSpace, mount: Mount): Promise<Drive | undefined> {
  const path = mount.path;
  try {
    if (!(await within(DRIVE_MS, isSeen(space, path)))) return undefined;
    const { blocks, bavail, bsize } = await within(DRIVE_MS, statfs(systemName(path)));
    if (blocks === 0) return undefined;
    const removable = REMOVABLE.test(path) || (await isRemovable(mount.number));
    const name = (path === '/' ? 'System' : nameOf(path)).slice(0, 256);
    const { type, readOnly } = mount;
    return { path, name, type: type.slice(0, 64), total: blocks * bsize, free: bavail * bsize, readOnly, removable };
  } catch {
    return undefined;
  }
}

/** What the kernel says of the disk that a partition is on. */
async function isRemovable(number: string): Promise<boolean> {
  try {
    const device = await realpath(`/sys/dev/block/${number}`);
    const own = readFile(join(device, 'removable'), 'utf8');
    return (await own.catch(() => readFile(join(device, '..', 'removable'), 'utf8'))).trim() === '1';
  } catch {
    return false;
  }
}

async function isSeen(space: FileSpace, path: string): Promise<boolean> {
  try {
    await using _folder = await space.folder(path);
    return true;
  } catch {
    return false;
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

function nameOf(path: string): string {
  return (basename(path) || path).slice(0, 256);
}
