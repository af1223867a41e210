import type { BigIntStats, PathLike } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FileBackend, Folder, Pinned } from '../backend.ts';

/**
 * Files of systems on which a descriptor cannot stand for a path. Names are looked up by path, so who may write to a folder on
 * the way can swap it between check and use: the system's own permissions are what protects here.
 */
export class PlainFiles implements FileBackend {
  readonly separator = '/';

  async openFolder(path: PathLike): Promise<Folder> {
    const stats = await lstat(path, { bigint: true });
    if (!stats.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    return new PathFolder(await realpath(path));
  }

  async pin(path: PathLike): Promise<Pinned> {
    const stats = await lstat(path, { bigint: true });
    return { stats, path: String(path), pathForOthers: String(path), close: nothing, [Symbol.asyncDispose]: nothing };
  }

  isPseudo(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

class PathFolder implements Folder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  at(name: string): string {
    return name === '' ? this.#path : resolve(this.#path, name);
  }

  stat(): Promise<BigIntStats> {
    return lstat(this.#path, { bigint: true });
  }

  whereabouts(): undefined {
    return undefined;
  }

  close = nothing;
  [Symbol.asyncDispose] = nothing;
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
