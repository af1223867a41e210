import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FILE_CHUNK, type FileHead, PortholeError } from '@porthole/protocol';
import { errnoOf } from '../errno.ts';
import type { Exchange, Piece } from '../exchange.ts';
import type { FileSpace, Spot } from '../fileSpace.ts';
import { etagOf, modifiedOf } from './describe.ts';

/** How often a file that is followed is looked at, in ms: network drives tell of no changes. */
const FOLLOW_MS = 250;
/** Pieces of content that are read, and the file looked at, at once. */
const PIECES_AT_ONCE = 4;

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

/** What was read of a piece, in bytes. */
interface Filled {
  piece: Piece;
  length: number;
}

/** Reads some pieces at once, and ahead of those that are on their way. */
class ContentReader {
  readonly handle: FileHandle;
  readonly exchange: Exchange;

  constructor(handle: FileHandle, exchange: Exchange) {
    this.handle = handle;
    this.exchange = exchange;
  }

  /** Sends what stands from `start` to `end`; with an etag, not a byte of any other state of the file. */
  async send(start: number, end: number, etag: string | undefined): Promise<void> {
    let next = this.#read(start, end, etag);
    try {
      for (let at = start; at < end; ) {
        const pieces = await next;
        if (pieces.length === 0) throw new PortholeError('file.changed');
        for (const { length } of pieces) at += length;
        next = this.#read(at, end, etag);
        // Dealt with above in its turn; until then nobody else may take it for a failure that was overlooked.
        next.catch(() => undefined);
        for (const { piece, length } of pieces) await this.exchange.piece(piece, length);
      }
    } finally {
      await next.catch(() => undefined);
    }
  }

  /** Looked at after it was read: what had changed before is not what was read, and what changes later does not matter. */
  async #read(at: number, end: number, etag: string | undefined): Promise<Filled[]> {
    const pieces: Piece[] = [];
    for (let room = end - at; room > 0 && pieces.length < PIECES_AT_ONCE; room -= FILE_CHUNK)
      pieces.push(this.exchange.newPiece(Math.min(FILE_CHUNK, room)));
    if (pieces.length === 0) return [];
    const rooms = pieces.map(({ room }) => room);
    const { bytesRead } = await this.handle.readv(rooms, at);
    if (etag !== undefined) await this.#check(etag);
    return filledOf(pieces, bytesRead);
  }

  async #check(etag: string): Promise<void> {
    if (etagOf(await this.handle.stat({ bigint: true })) !== etag) throw new PortholeError('file.changed');
  }
}

/** The system may have read less than there is room for. */
function filledOf(pieces: readonly Piece[], bytesRead: number): Filled[] {
  let left = bytesRead;
  const filled = pieces.map((piece) => {
    const length = Math.min(left, piece.room.byteLength);
    left -= length;
    return { piece, length };
  });
  return filled.filter(({ length }) => length > 0);
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
