import { readdirSync, readFile, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** How long a file of a driver may take, in ms. */
const PATIENCE_MS = 500;
/** Files that never came back: from this number on no driver is asked, or nobody could read files here any more. */
const MAX_HANGING = 2;

/** What the kernel shows below `/proc` and `/sys`. Nothing rejects: what is not there, or vanishes meanwhile, is undefined. */
export class SystemFiles {
  readonly #root: string;
  #hanging = 0;

  /** @param root where `/proc` and `/sys` are found. */
  constructor(root = '/') {
    this.#root = root;
  }

  /** For what the kernel answers out of its memory at once: `stat`, `meminfo` and their like. */
  now(path: string): string | undefined {
    try {
      return readFileSync(join(this.#root, path), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** For what a driver or a process has a part in. The text, without blanks around it. */
  async read(path: string): Promise<string | undefined> {
    if (this.#hanging >= MAX_HANGING) return undefined;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#hanging++;
      resolve(undefined);
    }, PATIENCE_MS);
    readFile(join(this.#root, path), 'utf8', (error, text) => {
      clearTimeout(timer);
      if (isLate) this.#hanging--;
      resolve(error ? undefined : text.trim());
    });
    return promise;
  }

  /** A number of a driver; undefined when the file says none. */
  async number(path: string): Promise<number | undefined> {
    const text = await this.read(path);
    const value = Number(text || 'nothing');
    return Number.isFinite(value) ? value : undefined;
  }

  /** Names in a folder, in the order of people: 2 before 10. */
  list(path: string): string[] {
    try {
      return readdirSync(join(this.#root, path)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    } catch {
      return [];
    }
  }

  /** Where a symbolic link points to. */
  link(path: string): string | undefined {
    try {
      return readlinkSync(join(this.#root, path));
    } catch {
      return undefined;
    }
  }

  /** True when there is something. */
  has(path: string): boolean {
    return this.link(path) !== undefined || this.list(path).length > 0 || this.now(path) !== undefined;
  }
}
