import { type BigIntStats, constants, type PathLike } from 'node:fs';
import { access, type FileHandle, open, readlink, realpath } from 'node:fs/promises';
import { PortholeError, PRIVATE_MARK } from '@porthole/protocol';
import type { FileBackend, Folder, Held, Pinned } from './backend.ts';
import { errnoOf } from './errno.ts';
import { nameOfBytes, systemName } from './fileNames.ts';
import { childPath, followLink, isWithin, joinParts, splitPath } from './filePaths.ts';

/** As many as Linux follows. */
const MAX_LINKS = 40;
/** Never wait for the other end of a pipe. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/** An entry's name in its folder, which is held open. '' is the folder itself, which is then one of the roots. */
export interface Spot extends Held {
  readonly folder: Folder;
  readonly name: string;
  /** The absolute path without links, as shown. */
  readonly path: string;
}

/** A folder held open, and where it is. */
export interface OpenFolder extends Held {
  readonly folder: Folder;
  readonly path: string;
}

type Step = { folder: Folder; parts: string[] } | { link: string; at: number };

/**
 * The part of the device's files that its owner shares. Every path from outside becomes a held folder here, one part after
 * the other; links are followed by hand, and lead nowhere outside of the roots.
 */
export class FileSpace {
  readonly backend: FileBackend;
  readonly #roots: readonly string[];

  constructor(backend: FileBackend, roots: readonly string[] = ['/']) {
    this.backend = backend;
    this.#roots = roots;
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  /** Opens a folder, following links. The caller closes it. */
  async folder(path: string): Promise<OpenFolder> {
    const { folder, parts } = await this.#walk(splitPath(path));
    return this.#checked(folder, () => held({ folder, path: joinParts(parts) }));
  }

  /** Finds the place of an entry, which need not exist; links are followed on the way, and at its end only with `follow`. */
  async spot(path: string, { follow = false } = {}): Promise<Spot> {
    let parts = splitPath(path);
    for (let links = 0; links < MAX_LINKS; links++) {
      const name = (await this.#isRoot(parts)) ? '' : (parts.at(-1) ?? '');
      const { folder, parts: above } = await this.#walk(name === '' ? parts : parts.slice(0, -1));
      const link = follow && name !== '' ? await closingOnError(folder, () => linkAt(folder, name)) : undefined;
      if (link === undefined) {
        const at = joinParts(above);
        return this.#checked(folder, () => held({ folder, name, path: name === '' ? at : childPath(at, name) }));
      }
      await folder.close();
      parts = followLink(above, link);
    }
    throw new PortholeError('file.missing');
  }

  /** Holds what a path leads to at last, links followed. The caller closes it. */
  async pinned(path: string): Promise<Pinned> {
    await using spot = await this.spot(path, { follow: true });
    return await this.pinnedAt(spot.folder, spot.name);
  }

  /** Holds an entry itself, links not followed. The caller closes it. */
  async pinnedAt(folder: Folder, name: string): Promise<Pinned> {
    const pinned = await this.backend.pin(folder.at(name || '.'));
    if (!(await this.backend.isPseudo(pinned.stats.dev))) return pinned;
    await pinned.close();
    throw new PortholeError('file.denied');
  }

  /** Opens an ordinary file for reading; anything else is refused without being opened. The caller closes it. */
  async openFile(folder: Folder, name: string): Promise<{ handle: FileHandle; stats: BigIntStats }> {
    await using pinned = await this.pinnedAt(folder, name);
    return await openPinned(pinned);
  }

  /** Opens a folder of a folder, never through a link. The caller closes it. */
  async openBelow(folder: Folder, name: string): Promise<Folder> {
    const below = await this.#open(folder.at(name));
    return await this.#checked(below, () => below);
  }

  async #isRoot(parts: string[]): Promise<boolean> {
    const root = await this.#enter(parts);
    return root.length === parts.length;
  }

  /** The root that a path is in, as parts; refuses a path outside of all of them. */
  async #enter(parts: string[]): Promise<string[]> {
    for (const root of this.#roots) if (isWithin(splitPath(root), parts)) return splitPath(root);
    // A root may have been given by way of a link; what lies within then shows itself by its real path.
    for (const root of this.#roots) {
      const real = await realpath(systemName(root), 'buffer').catch(() => undefined);
      if (real && isWithin(splitPath(nameOfBytes(real)), parts)) return splitPath(nameOfBytes(real));
    }
    throw new PortholeError('file.outside');
  }

  async #walk(start: string[]): Promise<{ folder: Folder; parts: string[] }> {
    let parts = start;
    for (let links = 0; links < MAX_LINKS; links++) {
      const step = await this.#descend(await this.#enter(parts), parts);
      if ('folder' in step) return step;
      parts = [...followLink(parts.slice(0, step.at), step.link), ...parts.slice(step.at + 1)];
    }
    throw new PortholeError('file.missing');
  }

  /** From a root down to the folder, or to the first link on the way. */
  async #descend(root: string[], parts: string[]): Promise<Step> {
    const real = root.length === 0 ? '/' : await realpath(systemName(joinParts(root)), 'buffer');
    let folder = await this.#open(real);
    try {
      for (let at = root.length; at < parts.length; at++) {
        const name = parts[at] ?? '';
        const next = await this.#openOrReadLink(folder, name);
        if (typeof next === 'string') {
          await folder.close();
          return { link: next, at };
        }
        await folder.close();
        folder = next;
      }
      return { folder, parts };
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  async #openOrReadLink(folder: Folder, name: string): Promise<Folder | string> {
    try {
      return await this.#open(folder.at(name));
    } catch (error) {
      if (errnoOf(error) !== 'ENOTDIR' && errnoOf(error) !== 'ELOOP') throw error;
      const link = await linkAt(folder, name);
      if (link === undefined) throw error;
      return link;
    }
  }

  /** Opens a folder that is nobody's secret; see `PRIVATE_MARK`. */
  async #open(path: PathLike): Promise<Folder> {
    const folder = await this.backend.openFolder(path);
    return await closingOnError(folder, async () => {
      if (await isPrivate(folder)) throw new PortholeError('file.denied');
      return folder;
    });
  }

  /** Answers with `make`, unless the folder is one of the kernel's own views. */
  #checked<T>(folder: Folder, make: () => T): Promise<T> {
    return closingOnError(folder, async () => {
      const { dev } = await folder.stat();
      if (await this.backend.isPseudo(dev)) throw new PortholeError('file.denied');
      return make();
    });
  }
}

/** Whatever goes wrong, what was opened is closed. */
async function closingOnError<T>(folder: Folder, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function isPrivate(folder: Folder): Promise<boolean> {
  if (((await folder.stat()).mode & 0o077n) !== 0n) return false;
  return await access(folder.at(PRIVATE_MARK)).then(
    () => true,
    () => false,
  );
}

/** Opens what is held for reading, if it is an ordinary file. The caller closes it. */
export async function openPinned({ stats, path }: Pinned): Promise<{ handle: FileHandle; stats: BigIntStats }> {
  if (!stats.isFile()) throw new PortholeError('file.not-regular');
  return { handle: await open(path, READ_FLAGS), stats };
}

/** What is written in a link, as shown; undefined when it is none. */
export async function linkAt(folder: Folder, name: string): Promise<string | undefined> {
  try {
    return nameOfBytes(await readlink(folder.at(name), 'buffer'));
  } catch (error) {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(errnoOf(error))) return undefined;
    throw error;
  }
}

function held<T extends { folder: Folder }>(spot: T): T & Held {
  const close = () => spot.folder.close();
  return { ...spot, close, [Symbol.asyncDispose]: close };
}
