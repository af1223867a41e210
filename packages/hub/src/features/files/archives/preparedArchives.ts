import { randomBytes } from 'node:crypto';
import { PortholeError } from '@porthole/protocol';

/** For so long a browser may come for it, in ms: it asks where to save things first, and may try again. */
const KEEP_MS = 10 * 60_000;
/** The oldest of a person makes room for the next. */
const MAX_OF_ONE = 8;

/** Who prepared it, and of which device it is. */
export interface ArchiveOwner {
  user: string;
  device: string;
}

interface Prepared extends ArchiveOwner {
  paths: readonly string[];
  timer: NodeJS.Timeout;
}

/** What people chose to download as one zip, for the moment between choosing and downloading. Only in memory. */
export class PreparedArchives {
  readonly #prepared = new Map<string, Prepared>();

  /** Returns the id by which it is found. */
  add({ user, device }: ArchiveOwner, paths: readonly string[]): string {
    const mine = [...this.#prepared].filter(([, each]) => each.user === user);
    for (const [id] of mine.slice(0, Math.max(0, mine.length + 1 - MAX_OF_ONE))) this.#drop(id);
    const id = randomBytes(16).toString('base64url');
    const timer = setTimeout(() => this.#drop(id), KEEP_MS).unref();
    this.#prepared.set(id, { user, device, paths, timer });
    return id;
  }

  /** Throws `archive.unknown` for what is not theirs as well. */
  paths({ user, device }: ArchiveOwner, id: string): readonly string[] {
    const found = this.#prepared.get(id);
    if (found?.user !== user || found.device !== device) throw new PortholeError('archive.unknown');
    return found.paths;
  }

  close(): void {
    for (const id of this.#prepared.keys()) this.#drop(id);
  }

  #drop(id: string): void {
    clearTimeout(this.#prepared.get(id)?.timer);
    this.#prepared.delete(id);
  }
}
