import { PortholeError } from '@porthole/protocol';
import type { FileSpace } from '../fileSpace.ts';
import { etagOf } from '../see/describe.ts';
import { PictureCache } from './pictureCache.ts';
import { PictureProcess } from './pictureProcess.ts';

/** Small pictures of images and videos, made once for each state of a file. */
export class Thumbnails {
  readonly #cache: PictureCache;
  readonly #process: PictureProcess;

  /** @param folder where pictures are kept. */
  constructor(folder: string, process: PictureProcess = new PictureProcess()) {
    this.#cache = new PictureCache(folder);
    this.#process = process;
  }

  /** A JPEG of at most `size` pixels on its longer side. Throws `file.unsupported` when there is none to be had. */
  async take(space: FileSpace, { path, size }: { path: string; size: number }, signal: AbortSignal): Promise<Buffer> {
    await using pinned = await space.pinned(path);
    if (!pinned.stats.isFile()) throw new PortholeError('file.not-regular');
    const key = `${etagOf(pinned.stats)}:${size}`;
    const kept = await this.#cache.get(key);
    if (kept) return kept;
    if (kept === null || pinned.stats.size === 0n) throw new PortholeError('file.unsupported');
    try {
      const picture = await this.#process.take(pinned.pathForOthers, size, signal);
      await this.#cache.put(key, picture);
      return picture;
    } catch (error) {
      if (error instanceof PortholeError && error.code === 'file.unsupported') this.#cache.putNone(key);
      throw error;
    }
  }

  close(): void {
    this.#process.close();
  }
}
