import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { PortholeError } from '@porthole/protocol';
import { dataDescriptor, endRecords, listRecord, localHeader, Method, type ZipEntry } from './zipRecords.ts';

/** From here on an entry is written so that it may be larger than 4 GiB; the rest is room for what packing may add. */
const NEARLY_4_GIB = 0xf000_0000;
const MAX_NAME = 0xffff;
/** Networks are quicker than anything that packs more tightly. */
const LEVEL = 1;
const deflated = promisify(deflateRaw);

/** What is known of an entry beforehand. `name` has `/` between its parts, and none at its end. */
export interface ZipItem {
  name: string;
  modified: Date;
  /** As the system says it, kind included. */
  mode: number;
}

/** What is in a file, as it goes into a zip. */
export interface PackedContent {
  method: ZipEntry['method'];
  crc: number;
  /** Before it was packed, in bytes. */
  size: number;
  bytes: Uint8Array;
}

/** Packs content that is there as a whole; `isPacked` is for what would not get smaller any more. */
export async function pack(content: Uint8Array, isPacked: boolean): Promise<PackedContent> {
  const stored = { method: Method.stored, crc: crc32(content), size: content.byteLength, bytes: content };
  if (isPacked || content.byteLength === 0) return stored;
  const bytes = await deflated(content, { level: LEVEL });
  return bytes.byteLength < content.byteLength ? { ...stored, method: Method.deflated, bytes } : stored;
}

/**
 * Writes a zip piece by piece, in the order in which things are added. Nothing of it is held but the list that ends it. What
 * `write` throws ends the zip.
 */
export class ZipWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #list: Buffer[] = [];
  #offset = 0;

  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  /** Adds a folder. Throws `file.name-too-long`, without having written anything. */
  async addFolder(item: ZipItem): Promise<void> {
    const entry = this.#entryOf({ ...item, name: `${item.name}/` });
    await this.#put(localHeader(entry));
    this.#list.push(listRecord(entry));
  }

  /**
   * Adds a file of about that size in bytes; `isPacked` is for content that would not get smaller any more. Throws
   * `file.name-too-long`, without having written or asked for anything.
   */
  async addFile(
    item: ZipItem & { size: number; isPacked: boolean },
    content: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const entry = this.#entryOf(item);
    entry.isStreamed = true;
    entry.isLarge = item.size > NEARLY_4_GIB;
    entry.method = item.isPacked || item.size === 0 ? Method.stored : Method.deflated;
    await this.#put(localHeader(entry));
    const start = this.#offset;
    if (entry.method === Method.stored) for await (const piece of measured(entry, content)) await this.#put(piece);
    else await this.#deflate(measured(entry, content));
    entry.packed = this.#offset - start;
    await this.#put(dataDescriptor(entry));
    this.#list.push(listRecord(entry));
  }

  /** Adds a file whose content was packed before. Throws as `addFile` does. */
  async addPacked(item: ZipItem, { bytes, ...content }: PackedContent): Promise<void> {
    const entry = { ...this.#entryOf(item), ...content, packed: bytes.byteLength };
    await this.#put(localHeader(entry));
    await this.#put(bytes);
    this.#list.push(listRecord(entry));
  }

  /** Writes what ends the zip. */
  async end(): Promise<void> {
    const start = this.#offset;
    for (const record of this.#list) await this.#put(record);
    await this.#put(endRecords({ start, length: this.#offset - start, count: this.#list.length }));
  }

  async #deflate(content: AsyncIterable<Uint8Array>): Promise<void> {
    const deflate = createDeflateRaw({ level: LEVEL });
    await pipeline(Readable.from(content, { objectMode: false }), deflate, async (packed: AsyncIterable<Buffer>) => {
      for await (const piece of packed) await this.#put(piece);
    });
  }

  #entryOf({ name, modified, mode }: ZipItem): ZipEntry {
    const bytes = Buffer.from(name);
    if (bytes.byteLength > MAX_NAME) throw new PortholeError('file.name-too-long');
    const nothing = { method: Method.stored, isStreamed: false, isLarge: false, crc: 0, size: 0, packed: 0 };
    return { ...nothing, name: bytes, modified, mode, offset: this.#offset };
  }

  async #put(bytes: Uint8Array): Promise<void> {
    await this.#write(bytes);
    this.#offset += bytes.byteLength;
  }
}

async function* measured(entry: ZipEntry, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    entry.crc = crc32(piece, entry.crc);
    entry.size += piece.byteLength;
    yield piece;
  }
}
