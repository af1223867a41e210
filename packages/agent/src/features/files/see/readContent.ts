import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FILE_CHUNK, type FileHead, PortholeError } from '@porthole/protocol';
import type { Exchange, Piece } from '../exchange.ts';
import { errnoOf } from '../fileErrors.ts';
import type { FileSpace, Spot } from '../fileSpace.ts';
import { etagOf, modifiedOf } from './describe.ts';

/** How often a file that is followed is looked at, in ms: network drives tell of no changes. */
const FOLLOW_MS = 250;
/** Bytes between two looks at whether the file is still the same. */
const CHECK_BYTES = 16 * 1024 * 1024;

export interface ReadAsk {
  offset: number;
  length?: number | undefined;
  etag?: string | undefined;
  follow: boolean;
}

/** Sends a `fileHead`, then the bytes asked for. Ends with `file.changed` rather than mix two states of a file. */
export async function readContent(space: FileSpace, spot: Spot, ask: ReadAsk, exchange: Exchange): Promise<void> {
  const { handle } = await space.openFile(spot.folder, spot.name);
  try {
    const stats = await handle.stat({ bigint: true });
    const etag = etagOf(stats);
    if (ask.etag !== undefined && ask.etag !== etag) throw new PortholeError('file.changed');
    const size = Number(stats.size);
    if (ask.offset > size) throw new PortholeError('file.range');
    await exchange.item({ size, modified: modifiedOf(stats), etag } satisfies FileHead);
    const end = Math.min(size, ask.offset + (ask.length ?? size));
    const reader = new ContentReader(handle, exchange);
    await reader.send(ask.offset, end, ask.follow ? undefined : etag);
    if (ask.follow) await follow(reader, space, { spot, stats, at: end });
  } finally {
    await handle.close();
  }
}

/** Reads ahead by one piece while the one before is on its way. */
class ContentReader {
  readonly handle: FileHandle;
  readonly exchange: Exchange;

  constructor(handle: FileHandle, exchange: Exchange) {
    this.handle = handle;
    this.exchange = exchange;
  }

  /** Sends what stands from `start` to `end`; with an etag, only while the file is in that state. */
  async send(start: number, end: number, etag: string | undefined): Promise<void> {
    let next = this.#read(start, end);
    let unchecked = 0;
    try {
      for (let at = start; at < end; ) {
        const { piece, length } = await next;
        if (length === 0) throw new PortholeError('file.changed');
        at += length;
        unchecked += length;
        next = this.#read(at, end);
        if (etag !== undefined && (unchecked > CHECK_BYTES || at === end)) {
          unchecked = 0;
          await this.#check(etag);
        }
        await this.exchange.piece(piece, length);
      }
    } finally {
      await next.catch(() => undefined);
    }
  }

  async #read(at: number, end: number): Promise<{ piece: Piece; length: number }> {
    const length = Math.min(FILE_CHUNK, Math.max(0, end - at));
    const piece = this.exchange.newPiece(length);
    if (length === 0) return { piece, length };
    const { bytesRead } = await this.handle.read(piece.room, 0, length, at);
    return { piece, length: bytesRead };
  }

  async #check(etag: string): Promise<void> {
    if (etagOf(await this.handle.stat({ bigint: true })) !== etag) throw new PortholeError('file.changed');
  }
}

/** Sends what is added, until the channel closes. A file that shrinks, or gives its name to another, has changed. */
async function follow(
  reader: ContentReader,
  space: FileSpace,
  from: { spot: Spot; stats: BigIntStats; at: number },
): Promise<never> {
  let { at } = from;
  for (;;) {
    await sleep(FOLLOW_MS, undefined, { signal: reader.exchange.signal });
    const size = Number((await reader.handle.stat({ bigint: true })).size);
    if (size < at || !(await isStillThere(space, from.spot, from.stats))) throw new PortholeError('file.changed');
    if (size > at) await reader.send(at, size, undefined);
    at = size;
  }
}

async function isStillThere(space: FileSpace, spot: Spot, { dev, ino }: BigIntStats): Promise<boolean> {
  try {
    await using pinned = await space.pinnedAt(spot.folder, spot.name);
    return pinned.stats.dev === dev && pinned.stats.ino === ino;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
