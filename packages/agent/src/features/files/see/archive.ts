import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FILE_CHUNK } from '@porthole/protocol';
import yazl from 'yazl';
import type { Exchange } from '../exchange.ts';
import { fileErrorCode } from '../fileErrors.ts';
import { type FileSpace, linkAt } from '../fileSpace.ts';
import { statMet } from './walk.ts';
import { type TreeMet, walkAll } from './walkAll.ts';

const MANIFEST = 'porthole-manifest.txt';
const MAX_MANIFEST = 1024 * 1024;
/** From here on the larger numbers of Zip64 are announced beforehand. */
const NEARLY_4_GIB = 0xf000_0000;
/** Packed already: trying again costs time and saves nothing. */
const PACKED =
  /\.(?:7z|aac|apk|avif|avi|br|bz2|docx|flac|gif|gz|heic|jar|jpe?g|jxl|lz4|m4a|m4v|mkv|mov|mp3|mp4|mpe?g|odp|ods|odt|ogg|opus|png|pptx|rar|tbz2|tgz|txz|webm|webp|whl|xlsx|xz|zip|zst)$/i;

/** Sends a zip of everything at and below the paths. Links and what cannot be read stand in a list inside. */
export async function archive(space: FileSpace, paths: readonly string[], exchange: Exchange): Promise<object> {
  const maker = new ArchiveMaker(space, exchange);
  await maker.make(paths);
  return {};
}

/** Feeds the zip one entry at a time, as fast as the channel takes it. */
class ArchiveMaker {
  readonly #space: FileSpace;
  readonly #exchange: Exchange;
  readonly #zip = new yazl.ZipFile();
  readonly #broken = Promise.withResolvers<never>();
  readonly #notes: string[] = [];
  #notesLength = 0;

  constructor(space: FileSpace, exchange: Exchange) {
    this.#space = space;
    this.#exchange = exchange;
    this.#zip.on('error', (error) => this.#broken.reject(error));
    this.#broken.promise.catch(() => undefined);
  }

  async make(paths: readonly string[]): Promise<void> {
    const sending = this.#send();
    sending.catch((error: unknown) => this.#broken.reject(error));
    const names = new Set<string>();
    for await (const met of walkAll(this.#space, paths, this.#exchange.signal)) {
      if (!met.treeName.includes('/')) names.add(met.treeName);
      await this.#add(met);
    }
    if (this.#notes.length > 0) this.#zip.addBuffer(Buffer.from(this.#manifest()), freeName(names));
    this.#zip.end();
    await Promise.race([sending, this.#broken.promise]);
  }

  async #add(met: TreeMet): Promise<void> {
    const { folder, name, path, kind, treeName, error } = met;
    if (error !== undefined || !folder) return this.#note(met, fileErrorCode(error));
    const zipName = treeName.replaceAll('\\', '_');
    if (kind === 'file') return await this.#addFile(met, folder, zipName);
    if (kind === 'link') return this.#note(met, `link to ${await linkAt(folder, name).catch(() => '?')}`);
    if (kind === 'other') return this.#note(met, 'not an ordinary file');
    const stats = await statMet({ folder, name, path, kind });
    if (stats) this.#zip.addEmptyDirectory(zipName, { mtime: stats.mtime, mode: Number(stats.mode) });
  }

  async #addFile(met: TreeMet, folder: NonNullable<TreeMet['folder']>, zipName: string): Promise<void> {
    let opened: Awaited<ReturnType<FileSpace['openFile']>>;
    try {
      opened = await this.#space.openFile(folder, met.name);
    } catch (error) {
      return this.#note(met, fileErrorCode(error));
    }
    const { handle, stats } = opened;
    const read = Promise.withResolvers<void>();
    const content = Readable.from(this.#content(met, opened), { objectMode: false, highWaterMark: FILE_CHUNK });
    content.once('close', read.resolve);
    try {
      const isLarge = stats.size > NEARLY_4_GIB;
      this.#zip.addReadStreamLazy(
        zipName,
        {
          mtime: stats.mtime,
          mode: Number(stats.mode),
          forceZip64Format: isLarge,
          ...(PACKED.test(zipName) ? { compress: false } : { compress: true, compressionLevel: 1 }),
        },
        (give) => give(null, content),
      );
      await Promise.race([read.promise, this.#broken.promise]);
    } finally {
      content.destroy();
      await read.promise;
      await handle.close();
    }
  }

  /** Never throws: the zip goes on, and says of this file that it is not whole. */
  async *#content(met: TreeMet, { handle, stats }: { handle: FileHandle; stats: BigIntStats }): AsyncGenerator<Buffer> {
    const size = Number(stats.size);
    try {
      for (let at = 0; at < size; ) {
        const { bytesRead, buffer } = await handle.read(
          Buffer.allocUnsafe(Math.min(FILE_CHUNK, size - at)),
          0,
          undefined,
          at,
        );
        if (bytesRead === 0) break;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
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

  /** Small parts are gathered, since each message costs the same. */
  async #send(): Promise<void> {
    let piece = this.#exchange.newPiece();
    let filled = 0;
    for await (const chunk of this.#zip.outputStream as Readable) {
      const bytes: Uint8Array = chunk;
      for (let at = 0; at < bytes.byteLength; ) {
        const part = bytes.subarray(at, at + piece.room.byteLength - filled);
        piece.room.set(part, filled);
        at += part.byteLength;
        filled += part.byteLength;
        if (filled < piece.room.byteLength) continue;
        await this.#exchange.piece(piece, filled);
        piece = this.#exchange.newPiece();
        filled = 0;
      }
    }
    if (filled > 0) await this.#exchange.piece(piece, filled);
  }
}

function freeName(names: ReadonlySet<string>): string {
  let name = MANIFEST;
  for (let number = 2; names.has(name); number++) name = `porthole-manifest (${number}).txt`;
  return name;
}
