import { lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PortholeError } from '@porthole/protocol';
import type { MountTable } from '../../../platform/mountTable.ts';
import type { FileBackend, Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import { systemName } from '../fileNames.ts';
import { isWithin, splitPath } from '../filePaths.ts';
import type { Spot } from '../fileSpace.ts';
import { numberedName } from './keepBoth.ts';

const MAX_NUMBER = 10_000;
/** Sticky: whoever may write to it may remove only what is theirs. */
const STICKY = 0o1000;

/** One trash: `files` holds what was thrown away, `info` where it came from. */
interface Bin {
  files: Folder;
  info: Folder;
  /** Paths in `info` are below this folder. */
  base: string;
}

/** The system's trash as freedesktop.org describes it: the one of the home folder, or one on the drive of what is thrown away. */
export class Trash {
  readonly #backend: FileBackend;
  readonly #mounts: MountTable;

  constructor(backend: FileBackend, mounts: MountTable) {
    this.#backend = backend;
    this.#mounts = mounts;
  }

  /** Moves an entry into the trash. Throws `feature.unsupported` when there is none for its drive. */
  async throwAway(spot: Spot): Promise<void> {
    const bin = await this.#binFor(spot);
    try {
      await putInto(bin, spot);
    } finally {
      await Promise.all([bin.files.close(), bin.info.close()]);
    }
  }

  async #binFor(spot: Spot): Promise<Bin> {
    const { dev } = await spot.folder.stat();
    const bin = (await this.#homeBin(dev)) ?? (await this.#driveBin(dev, spot.path));
    if (!bin) throw new PortholeError('feature.unsupported');
    return bin;
  }

  async #homeBin(device: bigint): Promise<Bin | undefined> {
    const data = process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share');
    const home = await lstat(homedir(), { bigint: true }).catch(() => undefined);
    if (home?.dev !== device) return undefined;
    return await this.#openBin(join(data, 'Trash'), '/', device);
  }

  /** `.Trash/<user>` when the administrator made one that is safe, `.Trash-<user>` otherwise. */
  async #driveBin(device: bigint, path: string): Promise<Bin | undefined> {
    const mounts = await this.#mounts.list();
    const parts = splitPath(path);
    const tops = mounts.filter((mount) => mount.device === device && isWithin(splitPath(mount.path), parts));
    const top = tops.sort((a, b) => b.path.length - a.path.length)[0]?.path;
    const user = process.getuid?.();
    if (top === undefined || user === undefined) return undefined;
    const shared = await lstat(join(top, '.Trash')).catch(() => undefined);
    const isSafe = shared?.isDirectory() === true && (shared.mode & STICKY) !== 0;
    const ours = isSafe ? await this.#openBin(join(top, '.Trash', String(user)), top, device) : undefined;
    return ours ?? (await this.#openBin(join(top, `.Trash-${user}`), top, device));
  }

  /** Undefined when it cannot be made, or is not what it should be. */
  async #openBin(path: string, base: string, device: bigint): Promise<Bin | undefined> {
    const opened: Folder[] = [];
    try {
      await mkdir(systemName(join(path, 'files')), { recursive: true, mode: 0o700 });
      await mkdir(systemName(join(path, 'info')), { recursive: true, mode: 0o700 });
      const bin = await this.#backend.openFolder(systemName(path));
      opened.push(bin);
      const isOurs = (await bin.stat()).uid === BigInt(process.geteuid?.() ?? -1);
      if (!isOurs) throw Object.assign(new Error('the trash of somebody else'), { code: 'EACCES' });
      for (const name of ['files', 'info']) opened.push(await this.#backend.openFolder(bin.at(name)));
      const [, files, info] = opened;
      if (files && info && (await files.stat()).dev === device) {
        await bin.close();
        return { files, info, base };
      }
    } catch (error) {
      if (errnoOf(error) === '') throw error;
    }
    await Promise.all(opened.map((folder) => folder.close()));
    return undefined;
  }
}

async function putInto({ files, info, base }: Bin, { folder, name, path }: Spot): Promise<void> {
  const text = trashInfo(path, base, new Date());
  for (let number = 1; number < MAX_NUMBER; number++) {
    // Room is left for the ending of the file that tells where it came from.
    const kept = numberedNameFor(name, number);
    try {
      await writeInfo(info, `${kept}.trashinfo`, text);
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') continue;
      throw error;
    }
    try {
      if (await isTaken(files, kept)) continue;
      return await rename(folder.at(name), files.at(kept));
    } catch (error) {
      await unlink(info.at(`${kept}.trashinfo`));
      throw errnoOf(error) === 'EXDEV' ? new PortholeError('feature.unsupported') : error;
    }
  }
  throw new PortholeError('file.exists');
}

function numberedNameFor(name: string, number: number): string {
  const isShort = Buffer.byteLength(name) <= 240;
  if (number === 1 && isShort) return name;
  return isShort ? numberedName(name, number) : numberedName([...name].slice(0, 50).join(''), number);
}

async function isTaken(folder: Folder, name: string): Promise<boolean> {
  return await lstat(folder.at(name)).then(
    () => true,
    () => false,
  );
}

async function writeInfo(info: Folder, name: string, text: string): Promise<void> {
  const file = await open(info.at(name), 'wx', 0o600);
  try {
    await file.writeFile(text);
  } catch (error) {
    await unlink(info.at(name));
    throw error;
  } finally {
    await file.close();
  }
}

/** What a `.trashinfo` file says: the path below `base`, as its bytes in percent signs, and the local time. */
export function trashInfo(path: string, base: string, now: Date): string {
  const shown = base === '/' ? path : path.slice(base.length + 1);
  const bytes = Buffer.from(systemName(shown));
  const escaped = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._~/-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  return `[Trash Info]\nPath=${escaped.join('')}\nDeletionDate=${local}\n`;
}
