import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../errno.ts';

const MAX_BYTES = 64 * 1024 * 1024;
/** Files known to have no picture. */
const MAX_WITHOUT = 5_000;

/** Pictures that were made once, kept in a folder; the one that was wanted longest ago goes first. */
export class PictureCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #without = new Set<string>();
  #loading: Promise<Map<string, number>> | undefined;
  #bytes = 0;

  constructor(folder: string, maxBytes: number = MAX_BYTES) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  /** Undefined when it was not made yet, null when there is none. */
  async get(key: string): Promise<Buffer | undefined | null> {
    if (this.#without.has(key)) return null;
    const sizes = await this.#sizes();
    const name = nameOf(key);
    const size = sizes.get(name);
    if (size === undefined) return undefined;
    sizes.delete(name);
    try {
      const picture = await readFile(join(this.#folder, name));
      await utimes(join(this.#folder, name), new Date(), new Date());
      sizes.set(name, size);
      return picture;
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      this.#bytes -= size;
      return undefined;
    }
  }

  async put(key: string, picture: Buffer): Promise<void> {
    const sizes = await this.#sizes();
    const name = nameOf(key);
    const path = join(this.#folder, name);
    await writeFile(`${path}.new`, picture, { mode: 0o600 });
    await rename(`${path}.new`, path);
    this.#bytes += picture.byteLength - (sizes.get(name) ?? 0);
    sizes.delete(name);
    sizes.set(name, picture.byteLength);
    for (const [oldest, size] of sizes) {
      if (this.#bytes <= this.#maxBytes) return;
      sizes.delete(oldest);
      this.#bytes -= size;
      await unlink(join(this.#folder, oldest)).catch(() => undefined);
    }
  }

  putNone(key: string): void {
    if (this.#without.size >= MAX_WITHOUT) this.#without.clear();
    this.#without.add(key);
  }

  #sizes(): Promise<Map<string, number>> {
    this.#loading ??= this.#load();
    this.#loading.catch(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<Map<string, number>> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const names = await readdir(this.#folder);
    const found = await Promise.all(names.map(async (name) => ({ name, stats: await stat(join(this.#folder, name)) })));
    const byAge = found.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs);
    this.#bytes = byAge.reduce((sum, { stats }) => sum + stats.size, 0);
    return new Map(byAge.map(({ name, stats }) => [name, stats.size]));
  }
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40);
}
