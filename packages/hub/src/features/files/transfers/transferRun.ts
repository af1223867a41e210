import { ERRORS, type ErrorCode, fileProperties, PortholeError, type TreeEntry, treeEntry } from '@porthole/protocol';
import * as z from 'zod';
import { verdictOn } from '../failures.ts';
import { fitting, resultOf } from '../fileAccess.ts';
import type { FileChannel } from '../fileChannel.ts';
import { type AskDevice, copyFile } from './copyFile.ts';
import { joinPath, splitName } from './devicePath.ts';
import type { TransferNews, TransferRow } from './transferRows.ts';

/** Failures that are kept of one copy. */
const MAX_FAILED = 1_000;

export interface RunOptions {
  row: TransferRow;
  ask: AskDevice;
  /** What changed, after every entry. */
  store: (news: TransferNews) => void;
}

/**
 * One copy from device to device while it runs: walks through the source, and brings over what is not there yet, one entry
 * after the other. `row` is kept up to date. Call `close()` to break it off; `run` then rejects.
 */
export class TransferRun {
  /** Of the whole; undefined until the source was walked through. */
  total: { bytes: number; entries: number } | undefined;
  current: TreeEntry | undefined;
  readonly #row: TransferRow;
  readonly #store: (news: TransferNews) => void;
  readonly #ask: AskDevice;
  readonly #channels = new Set<FileChannel>();
  #isClosed = false;

  constructor({ row, ask, store }: RunOptions) {
    this.#row = row;
    this.#store = store;
    this.#ask = (side, operation, question) => {
      if (this.#isClosed) throw new PortholeError('channel.closed');
      const channel = ask(side, operation, question);
      this.#channels.add(channel);
      void channel.ended.then(() => this.#channels.delete(channel));
      return channel;
    };
  }

  /** Resolves when all that can be copied is. Rejects with a reason to wait for or to give up for. */
  async run(): Promise<void> {
    const measured = this.#measure();
    // Its failures are those of the walk below, which tells them.
    measured.catch(() => undefined);
    const { cursor } = this.#row;
    for await (const entry of this.#entries(cursor ?? undefined)) await this.#bring(entry);
  }

  close(): void {
    this.#isClosed = true;
    for (const channel of [...this.#channels]) channel.close();
  }

  async #measure(): Promise<void> {
    const total = { bytes: 0, entries: 0 };
    for await (const { kind, size } of this.#entries()) {
      total.entries++;
      if (kind === 'file') total.bytes += size;
    }
    this.total = total;
  }

  /** All of the source, or what comes behind an entry, which may be gone meanwhile: the order of names stays. */
  async *#entries(after?: string): AsyncGenerator<TreeEntry> {
    const paths: string[] = JSON.parse(this.#row.paths);
    const channel = this.#ask('from', 'tree', { paths, ...(after !== undefined && { after }) });
    try {
      for (;;) {
        const message = await channel.next();
        if (message.type === 'done') return;
        if (message.type === 'item') yield fitting(treeEntry, message.json);
      }
    } finally {
      channel.close();
    }
  }

  async #bring(entry: TreeEntry): Promise<void> {
    const before = this.#row.bytes;
    this.current = entry;
    try {
      await this.#bringOne(entry, (bytes) => {
        this.#row.bytes = before + bytes;
      });
      this.#note({ cursor: entry.name, underWay: null, entries: this.#row.entries + 1, bytes: this.#row.bytes });
    } catch (error) {
      this.#row.bytes = before;
      const code: ErrorCode = error instanceof PortholeError ? error.code : 'internal';
      const verdict = verdictOn(code);
      if (verdict === 'wait' || verdict === 'stop' || !(error instanceof PortholeError)) throw error;
      this.#note({ cursor: entry.name, underWay: null, failed: withFailure(this.#row.failed, entry.path, code) });
    }
    this.current = undefined;
  }

  async #bringOne(entry: TreeEntry, progress: (bytes: number) => void): Promise<void> {
    if (entry.error !== undefined) throw refusal(entry.error);
    if (entry.kind === 'directory') return await this.#makeFolder(entry);
    if (entry.kind !== 'file') throw new PortholeError('file.not-regular');
    this.#row.underWay = entry.name;
    await copyFile({ row: this.#row, entry, ask: this.#ask, progress });
  }

  async #makeFolder({ name }: TreeEntry): Promise<void> {
    const { parent, last } = splitName(name);
    const folder = parent === '' ? this.#row.folder : joinPath(this.#row.folder, parent);
    try {
      await resultOf(this.#ask('to', 'makeFolder', { folder, name: last }), z.unknown());
    } catch (error) {
      const isTaken = error instanceof PortholeError && error.code === 'file.exists';
      if (!isTaken || !(await this.#isFolder(joinPath(folder, last)))) throw error;
    }
  }

  /** Whether what has the name already is a folder, or leads to one. A target that lets nobody look is taken at its word. */
  async #isFolder(path: string): Promise<boolean> {
    try {
      const { kind, target } = await resultOf(this.#ask('to', 'stat', { path }), fileProperties);
      return (target ?? kind) === 'directory';
    } catch (error) {
      if (error instanceof PortholeError && error.code === 'policy.denied') return true;
      throw error;
    }
  }

  #note(news: TransferNews): void {
    Object.assign(this.#row, news);
    this.#store(news);
  }
}

function refusal(code: string): PortholeError {
  return new PortholeError(Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'file.unreadable');
}

function withFailure(failed: string, path: string, error: ErrorCode): string {
  const list: { path: string; error: string }[] = JSON.parse(failed);
  return list.length < MAX_FAILED ? JSON.stringify([...list, { path, error }]) : failed;
}
