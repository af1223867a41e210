import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PortholeError } from '@porthole/protocol';
import type { Folder, Held } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import { nameOfBytes } from '../fileNames.ts';
import type { FileSpace, OpenFolder } from '../fileSpace.ts';
import { readFolder } from '../see/readFolder.ts';
import { isPartOf, partName } from '../uploads/leftovers.ts';
import { Progress } from './progress.ts';
import { removeTree } from './removeTree.ts';

/** A folder in which things are in the making. */
export interface Making extends Held {
  /** A name that nobody else has. */
  newName(): string;
}

/**
 * What is in the making under a name of its own, and that nobody could go on with. Its folder is noted on the agent's own
 * drive for as long as it is made, so that an agent that was killed removes it at its next start.
 */
export class Scratch {
  readonly #space: FileSpace;
  readonly #notes: string;
  /** Resolves once it is known what earlier runs left. */
  readonly #ready: Promise<string[]>;

  /** @param notes a folder of its own, made when it is missing. */
  constructor(space: FileSpace, notes: string) {
    this.#space = space;
    this.#notes = notes;
    this.#ready = mkdir(notes, { recursive: true, mode: 0o700 }).then(() => readdir(notes));
    // A drive that is away or full now stays as it is; the next start tries again.
    this.#ready.then((ids) => this.#clear(ids)).catch(() => undefined);
  }

  /** Notes that things are made in the folder, until that is closed. */
  async open(folder: Folder): Promise<Making> {
    await this.#ready.catch(() => undefined);
    const id = randomBytes(16).toString('base64url');
    let made = 0;
    let closing: Promise<void> | undefined;
    const close = () => {
      closing ??= forget(join(this.#notes, id));
      return closing;
    };
    await this.#note(folder, id);
    return { newName: () => partName(`${id}-${++made}`), close, [Symbol.asyncDispose]: close };
  }

  /** Does the work with a name in the folder that nobody else has; whatever comes of it, it is noted no longer then. */
  async use<T>(folder: Folder, work: (part: string) => Promise<T>): Promise<T> {
    await using making = await this.open(folder);
    return await work(making.newName());
  }

  async #note(folder: Folder, id: string): Promise<void> {
    try {
      const path = nameOfBytes(await realpath(folder.at(''), 'buffer'));
      await writeFile(join(this.#notes, id), path, { mode: 0o600 });
    } catch (error) {
      // Without room for a note the work is done all the same.
      if (errnoOf(error) === '') throw error;
    }
  }

  async #clear(ids: readonly string[]): Promise<void> {
    for (const id of ids) if (await this.#isGone(id)) await forget(join(this.#notes, id));
  }

  /** False when it may be removed another time. */
  async #isGone(id: string): Promise<boolean> {
    try {
      await using target = await this.#space.folder(await readFile(join(this.#notes, id), 'utf8'));
      return await this.#removeAll(target, id);
    } catch (error) {
      // Its folder is gone, or is shared no longer; a note that was not written whole names none.
      return error instanceof PortholeError || ['ENOENT', 'ENOTDIR'].includes(errnoOf(error));
    }
  }

  /** False when something of it stayed. */
  async #removeAll({ folder, path }: OpenFolder, id: string): Promise<boolean> {
    const names: string[] = [];
    for await (const batch of readFolder(folder))
      for (const { name } of batch) if (isPartOf(id, name)) names.push(name);
    const gone: boolean[] = [];
    for (const name of names) gone.push(await removeTree(this.#space, { folder, name, path }, Progress.silent()));
    return gone.every(Boolean);
  }
}

async function forget(note: string): Promise<void> {
  try {
    await unlink(note);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) throw error;
  }
}
