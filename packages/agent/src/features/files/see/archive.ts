import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FILE_CHUNK } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import type { Exchange } from '../exchange.ts';
import { fileErrorCode } from '../fileErrors.ts';
import { type FileSpace, linkAt } from '../fileSpace.ts';
import { Pieces } from './pieces.ts';
import { statMet } from './walk.ts';
import { type TreeMet, walkAll } from './walkAll.ts';
import { InTurn } from './zip/inTurn.ts';
import { pack, ZipWriter } from './zip/zipWriter.ts';

const MANIFEST = 'porthole-manifest.txt';
const MAX_MANIFEST = 1024 * 1024;
/** An ordinary file that everybody may read. */
const MANIFEST_MODE = 0o100644;
/** Packed already: trying again costs time and saves nothing. */
const PACKED =
  /\.(?:7z|aac|apk|avif|avi|br|bz2|docx|flac|gif|gz|heic|jar|jpe?g|jxl|lz4|m4a|m4v|mkv|mov|mp3|mp4|mpe?g|odp|ods|odt|ogg|opus|png|pptx|rar|tbz2|tgz|txz|webm|webp|whl|xlsx|xz|zip|zst)$/i;

/** Files of so many bytes at most are read and packed several at once: what costs most is to wait for each. */
const SMALL = 64 * 1024;
const AHEAD = 16;

interface OpenedFile {
  handle: FileHandle;
  stats: BigIntStats;
}

/** Sends a zip of everything at and below the paths. Links and what cannot be read stand in a list inside. */
export async function archive(space: FileSpace, paths: readonly string[], exchange: Exchange): Promise<object> {
  await new ArchiveMaker(space, exchange).make(paths);
  return {};
}

/** Feeds the zip one entry at a time, as fast as the channel takes it. */
class ArchiveMaker {
  readonly #space: FileSpace;
  readonly #signal: AbortSignal;
  readonly #pieces: Pieces;
  readonly #zip: ZipWriter;
  readonly #notes: string[] = [];
  #notesLength = 0;

  constructor(space: FileSpace, exchange: Exchange) {
    this.#space = space;
    this.#signal = exchange.signal;
    this.#pieces = new Pieces(exchange);
    this.#zip = new ZipWriter((bytes) => this.#pieces.add(bytes));
  }

  async make(paths: readonly string[]): Promise<void> {
    const names = new Set<string>();
    const turns = new InTurn(AHEAD);
    for await (const met of walkAll(this.#space, paths, this.#signal)) {
      if (!met.treeName.includes('/')) names.add(met.treeName);
      await this.#add(met, turns);
    }
    await turns.all();
    if (this.#notes.length > 0) await this.#addManifest(freeName(names));
    await this.#zip.end();
    await this.#pieces.end();
  }

  async #add(met: TreeMet, turns: InTurn): Promise<void> {
    const { folder, name, kind, error } = met;
    if (error !== undefined || !folder) return this.#note(met, fileErrorCode(error));
    if (kind === 'link') return this.#note(met, `link to ${await linkAt(folder, name).catch(() => '?')}`);
    if (kind === 'other') return this.#note(met, 'not an ordinary file');
    await this.#attempt(met, async () => {
      if (kind === 'directory') return await this.#addFolder(met, folder);
      const opened = await this.#space.openFile(folder, name);
      if (opened.stats.size <= SMALL) await turns.add(this.#prepare(met, opened));
      else await this.#addLarge(met, opened, turns);
    });
  }

  /** One entry that fails stands in the list, and does not end the zip. */
  async #attempt(met: TreeMet, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#signal.throwIfAborted();
      this.#note(met, fileErrorCode(error));
    }
  }

  async #addFolder(met: TreeMet, folder: Folder): Promise<void> {
    const stats = await statMet({ ...met, folder });
    if (stats) await this.#zip.addFolder({ name: zipName(met), modified: stats.mtime, mode: Number(stats.mode) });
  }

  /** Reads and packs a file beside others, and closes it. Never rejects: nobody may be waiting for it yet. */
  async #prepare(met: TreeMet, opened: OpenedFile): Promise<() => Promise<void>> {
    try {
      await using _closing = opened.handle;
      const content: Buffer[] = [];
      for await (const piece of this.#content(met, opened)) content.push(piece);
      const { isPacked, ...item } = itemOf(met, opened);
      const packed = await pack(Buffer.concat(content), isPacked);
      return () => this.#attempt(met, () => this.#zip.addPacked(item, packed));
    } catch (error) {
      return () => this.#attempt(met, () => Promise.reject(error));
    }
  }

  /** Reads a file while it is written, after all that came before it, and closes it. */
  async #addLarge(met: TreeMet, opened: OpenedFile, turns: InTurn): Promise<void> {
    try {
      await turns.all();
      await this.#zip.addFile(itemOf(met, opened), this.#content(met, opened));
    } finally {
      await opened.handle.close();
    }
  }

  async #addManifest(name: string): Promise<void> {
    const text = Buffer.from(this.#manifest());
    const item = { name, modified: new Date(), mode: MANIFEST_MODE, size: text.byteLength, isPacked: false };
    await this.#zip.addFile(item, Readable.from([text]));
  }

  /** Never throws: the zip goes on, and says of this file that it is not whole. */
  async *#content(met: TreeMet, { handle, stats }: OpenedFile): AsyncGenerator<Buffer> {
    const size = Number(stats.size);
    try {
      for (let at = 0; at < size; ) {
        const room = Buffer.allocUnsafe(Math.min(FILE_CHUNK, size - at));
        const { bytesRead } = await handle.read(room, 0, undefined, at);
        if (bytesRead === 0) break;
        at += bytesRead;
        yield room.subarray(0, bytesRead);
      }
      const after = await handle.stat({ bigint: true });
      if (after.size !== stats.size || after.mtimeNs !== stats.mtimeNs) this.#note(met, 'changed while it was read');
    } catch (error) {
      this.#note(met, fileErrorCode(error));
    }
  }

  #note({ treeName }: TreeMet, reason: string): void {
    const line = `${JSON.stringify(treeName)}: ${reason}`;
    this.#notesLength += line.length;
    if (this.#notesLength < MAX_MANIFEST) this.#notes.push(line);
  }

  #manifest(): string {
    const cut = this.#notesLength < MAX_MANIFEST ? [] : ['… and more'];
    return ['What this archive does not hold, and why:', '', ...this.#notes, ...cut, ''].join('\n');
  }
}

function itemOf(met: TreeMet, { stats }: OpenedFile) {
  const name = zipName(met);
  const item = { name, modified: stats.mtime, mode: Number(stats.mode), size: Number(stats.size) };
  return { ...item, isPacked: PACKED.test(name) };
}

/** What one system takes for a separator is none on the other, and must not become one there. */
function zipName({ treeName }: TreeMet): string {
  return treeName.replaceAll('\\', '_');
}

function freeName(names: ReadonlySet<string>): string {
  let name = MANIFEST;
  for (let number = 2; names.has(name); number++) name = `porthole-manifest (${number}).txt`;
  return name;
}
