import { lstat } from 'node:fs/promises';
import type { FileEntry, FilePage } from '@porthole/protocol';
import type { Accounts } from '../../../platform/accounts.ts';
import type { Folder } from '../backend.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace, OpenFolder } from '../fileSpace.ts';
import { entryOf, etagOf, targetOf } from './describe.ts';
import { NameTable } from './nameTable.ts';
import { readFolder } from './readFolder.ts';
import { SortedPrefix } from './sortedPrefix.ts';

/** How long the names of a folder are kept for whoever turns the page, in ms. */
const KEEP_MS = 10_000;
/** Folders whose names are kept at once. */
const KEPT = 2;
/** Entries that are looked at in one go. */
const AT_ONCE = 32;
/** One page as JSON must fit into one message, whatever its names are: bytes at most. */
const MAX_PAGE_JSON = 200_000;
/** What one entry takes of that at most, nearly. */
const MAX_ENTRY_JSON = 1_024;

/** Folders come first. What says where a page begins is one of these, then a name. */
const RANK = { directory: 0, other: 1 } as const;

interface Names {
  table: NameTable;
  /** Numbers of the table. */
  order: SortedPrefix<number>;
}
interface Kept {
  names: Names;
  state: string;
  timer: NodeJS.Timeout;
}

/** Folders, a page at a time. The names of a huge one are kept for a moment; nothing else is. */
export class Listings {
  readonly #space: FileSpace;
  readonly #accounts: Accounts;
  readonly #kept = new Map<string, Kept>();

  constructor(space: FileSpace, accounts: Accounts) {
    this.#space = space;
    this.#accounts = accounts;
  }

  /** One page; it may be shorter than `limit` and still not be the last. `after` is the `next` of the page before. */
  async page(open: OpenFolder, { after, limit }: { after?: string | undefined; limit: number }): Promise<FilePage> {
    const names = await this.#names(open.folder, limit);
    await this.#accounts.refresh();
    const { table, order } = names;
    const from = after === undefined ? 0 : order.countUpTo(table.probe(Number(after[0] !== '0'), after.slice(1)));
    const wanted = order.slice(from, from + limit);
    const entries: FileEntry[] = [];
    let room = MAX_PAGE_JSON;
    for (let at = 0; at < wanted.length && room > 0; at += AT_ONCE) {
      const looked = wanted.slice(at, at + AT_ONCE).map((number) => this.#entry(open, table.nameAt(number)));
      for (const entry of await Promise.all(looked)) {
        room -= jsonLength(entry);
        if (room > 0) entries.push(entry);
      }
    }
    const isLast = from + entries.length >= order.length;
    const last = isLast ? undefined : wanted[entries.length - 1];
    const next = last === undefined ? undefined : `${table.rankAt(last)}${table.nameAt(last)}`;
    return { path: open.path, entries, total: order.length, ...(next === undefined ? {} : { next }) };
  }

  close(): void {
    for (const { timer } of this.#kept.values()) clearTimeout(timer);
    this.#kept.clear();
  }

  async #entry({ folder, path }: OpenFolder, name: string): Promise<FileEntry> {
    try {
      const entry = entryOf(name, await lstat(folder.at(name)), this.#accounts);
      if (entry.kind !== 'link') return entry;
      const target = await targetOf(this.#space, childPath(path, name));
      return target === undefined ? entry : { ...entry, target };
    } catch {
      // Gone meanwhile, or out of order: shown as far as it is known, and the others all the same.
      return { name, kind: 'other', size: 0, modified: 0 };
    }
  }

  async #names(folder: Folder, limit: number): Promise<Names> {
    const stats = await folder.stat();
    const id = `${stats.dev}:${stats.ino}`;
    const state = etagOf(stats);
    const kept = this.#kept.get(id);
    if (kept?.state === state) {
      kept.timer.refresh();
      return kept.names;
    }
    const names = await namesOf(folder);
    if (names.order.length > Math.min(limit, MAX_PAGE_JSON / MAX_ENTRY_JSON)) this.#keep(id, names, state);
    return names;
  }

  #keep(id: string, names: Names, state: string): void {
    this.#drop(id);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= KEPT && oldest !== undefined) this.#drop(oldest);
    const timer = setTimeout(() => this.#drop(id), KEEP_MS);
    timer.unref();
    this.#kept.set(id, { names, state, timer });
  }

  #drop(id: string): void {
    clearTimeout(this.#kept.get(id)?.timer);
    this.#kept.delete(id);
  }
}

async function namesOf(folder: Folder): Promise<Names> {
  const table = new NameTable();
  const numbers: number[] = [];
  for await (const batch of readFolder(folder)) {
    for (const { name, kind } of batch) {
      const number = table.add(kind === 'directory' ? RANK.directory : RANK.other, name);
      if (number > 0) numbers.push(number);
    }
  }
  return { table, order: new SortedPrefix(numbers, (a, b) => table.compare(a, b)) };
}

function jsonLength(entry: FileEntry): number {
  return Buffer.byteLength(JSON.stringify(entry)) + 1;
}
