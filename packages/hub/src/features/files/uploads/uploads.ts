import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  type BatchResults,
  batchResults,
  type FileAsk,
  type FileOperation,
  PortholeError,
  type UploadState,
  uploadState,
} from '@porthole/protocol';
import * as z from 'zod';
import type { Subject } from '../../../base/access.ts';
import type { BodyChunks } from '../bodyChunks.ts';
import { isPassing } from '../failures.ts';
import { type FileAccess, resultOf } from '../fileAccess.ts';
import type { FileAudit } from '../fileAudit.ts';
import type { FileChannel } from '../fileChannel.ts';
import type { Pace } from '../pacing/pace.ts';
import type { Paces } from '../pacing/paces.ts';
import { sendBody, sendChunks } from '../sendBody.ts';
import { readBatch } from './readBatch.ts';
import type { UploadWish } from './tusHeaders.ts';
import type { UploadRow, UploadRows } from './uploadRows.ts';
import { Writers } from './writers.ts';

/** The last byte may have to wait for a slow drive, in ms. */
const FINISH_MS = 600_000;

/** Who asks, and on which device. */
export interface Uploader {
  subject: Subject;
  deviceId: string;
  /** Ends with the request that it is for. */
  bind: (channel: FileChannel) => FileChannel;
}

/** A stretch of content. */
export interface Part {
  offset: number;
  body: Readable | undefined;
}

/** Uploads of browsers: the bytes and their count are on the device, and what the hub keeps is how to go on. */
export class Uploads {
  readonly #rows: UploadRows;
  readonly #access: FileAccess;
  readonly #audit: FileAudit;
  readonly #paces: Paces;
  readonly #writers = new Writers();

  constructor(services: { rows: UploadRows; access: FileAccess; audit: FileAudit; paces: Paces }) {
    this.#rows = services.rows;
    this.#paces = services.paces;
    this.#access = services.access;
    this.#audit = services.audit;
  }

  /** Begins an upload that is gone on with later. */
  async create(uploader: Uploader, wish: UploadWish): Promise<{ row: UploadRow; state: UploadState }> {
    const row = this.#announce(uploader, wish);
    this.#rows.add(row);
    try {
      const state = await this.#begin(uploader, row, wish);
      if (state.state !== 'receiving') this.#rows.touch(row.id, state.state);
      return { row: { ...row, state: state.state, touchedAt: Date.now() }, state };
    } catch (error) {
      // Where the device was lost before it answered, it may have begun: then the row stays as long as what waits there.
      if (!isPassing(error) || (await this.#takeBack(uploader, row))) this.#rows.remove(row.id);
      throw error;
    }
  }

  /** Begins an upload with its first bytes. Nobody would hear where one is whose first bytes fail: nothing is left of it. */
  async createWith(
    uploader: Uploader,
    wish: UploadWish,
    body: Readable,
  ): Promise<{ row: UploadRow; state: UploadState }> {
    const { row } = await this.create(uploader, wish);
    try {
      return await this.append(uploader, row.id, { offset: 0, body });
    } catch (error) {
      await this.#takeBack(uploader, row);
      this.#rows.remove(row.id);
      throw error;
    }
  }

  /**
   * Takes a whole file in one request. Nobody could go on with it, since nobody knows its name before the answer: the device
   * keeps nothing of one that does not arrive.
   */
  async takeWhole(uploader: Uploader, { metadata: _, ...ask }: UploadWish, body: Readable): Promise<UploadState> {
    const { folder, name, size, conflict } = ask;
    await this.#audit.changeSoon(uploader.subject, uploader.deviceId, 'upload', { folder, name, size, conflict });
    const channel = this.#open(uploader, 'take', ask);
    const send = (pace: Pace) => sendBody(body, channel, { limit: size, pace });
    return await this.#send(uploader, channel, uploadState, send);
  }

  /** Takes many small files in one request. Throws as long as none of them can have arrived, or where that is not known. */
  async takeMany(uploader: Uploader, chunks: BodyChunks): Promise<BatchResults> {
    const batch = await readBatch(chunks);
    const { subject, deviceId } = uploader;
    const { folder } = batch;
    await this.#audit.changesSoon(
      subject,
      deviceId,
      'upload',
      batch.files.map(({ name, size, conflict }) => ({ folder, name, size, conflict })),
    );
    const limit = batch.files.reduce((sum, { size }) => sum + size, 0);
    const channel = this.#open(uploader, 'takeMany', batch);
    return await this.#send(uploader, channel, batchResults, (pace) => sendChunks(chunks, channel, { limit, pace }));
  }

  /**
   * How far it is. Whoever still writes is sent away first, since that is who is about to go on. One that has all its bytes and
   * no name yet, since its device died in between, is given it: who hears that nothing is missing sends nothing more.
   */
  async look(uploader: Uploader, id: string): Promise<{ row: UploadRow; offset: number }> {
    const { subject, deviceId } = uploader;
    const row = this.#rows.get(id, deviceId, subject);
    if (row.state !== 'receiving') return { row, offset: row.size };
    await this.#writers.clear(id);
    const state = await resultOf(this.#open(uploader, 'upload', { id, folder: row.folder }), uploadState);
    if (state.state !== 'receiving') return { row, offset: row.size };
    if (state.offset < row.size) return { row, offset: state.offset };
    return { row: (await this.append(uploader, id, { offset: row.size, body: undefined })).row, offset: row.size };
  }

  /** Goes on with it. Throws `upload.offset` when the device is elsewhere, `upload.busy` when somebody newer took over. */
  async append(uploader: Uploader, id: string, part: Part): Promise<{ row: UploadRow; state: UploadState }> {
    const row = this.#rows.get(id, uploader.deviceId, uploader.subject);
    if (row.state !== 'receiving') return { row, state: finished(row, part) };
    const state = await this.#write(uploader, row, part);
    this.#rows.touch(id, state.state);
    return { row: { ...row, state: state.state, touchedAt: Date.now() }, state };
  }

  /** Takes it back: nothing is left on the device. */
  async cancel(uploader: Uploader, id: string): Promise<void> {
    const row = this.#rows.get(id, uploader.deviceId, uploader.subject);
    await this.#writers.clear(id);
    if (row.state === 'receiving') await this.#takeBack(uploader, row);
    this.#rows.remove(id);
  }

  #announce({ subject, deviceId }: Uploader, wish: UploadWish): Omit<UploadRow, 'touchedAt'> {
    const { folder, name, size, conflict, metadata, sha256 = null } = wish;
    this.#audit.change(subject, deviceId, 'upload', { folder, name, size, conflict });
    const id = randomBytes(16).toString('base64url');
    return { id, deviceId, userId: subject.userId, folder, name, size, sha256, metadata, state: 'receiving' };
  }

  async #begin(uploader: Uploader, { id }: { id: string }, wish: UploadWish): Promise<UploadState> {
    const { metadata: _, ...ask } = wish;
    const state = await resultOf(this.#open(uploader, 'begin', { id, ...ask }), uploadState);
    if (state.state !== 'receiving' || wish.size > 0) return state;
    return await this.#write(uploader, { id, ...wish }, { offset: 0, body: undefined });
  }

  async #write(
    uploader: Uploader,
    row: Pick<UploadRow, 'id' | 'folder' | 'size'> & { sha256?: string | null | undefined },
    { offset, body }: Part,
  ): Promise<UploadState> {
    if (offset > row.size) throw new PortholeError('upload.offset');
    let channel: FileChannel | undefined;
    const leave = await this.#writers.enter(row.id, () => channel?.close('upload.busy'));
    try {
      const { id, folder, sha256 } = row;
      channel = this.#open(uploader, 'write', { id, folder, offset, ...(sha256 && { sha256 }) });
      const open = channel;
      const send = async (pace: Pace) => {
        if (body) await sendBody(body, open, { limit: row.size - offset, pace });
      };
      return await this.#send(uploader, open, uploadState, send);
    } finally {
      leave();
    }
  }

  /** Passes the content on, and answers what became of it. The channel is over then. */
  async #send<Result>(
    { subject }: Uploader,
    channel: FileChannel,
    schema: z.ZodType<Result>,
    send: (pace: Pace) => Promise<unknown>,
  ): Promise<Result> {
    const { pace, done } = this.#paces.join(subject.sessionId);
    try {
      await send(pace);
      await channel.sendDone().catch(() => undefined);
      return await resultOf(channel, schema, FINISH_MS);
    } finally {
      done();
      channel.close();
    }
  }

  /** False when the device cannot be told now; it then forgets by itself, in a day. */
  async #takeBack({ subject, deviceId }: Uploader, { id, folder }: { id: string; folder: string }): Promise<boolean> {
    try {
      // Not bound to the request: that may be what broke off.
      await resultOf(this.#access.open(subject, deviceId, 'cancel', { id, folder }), z.unknown());
      return true;
    } catch (error) {
      // What the device does not know any more, it need not be told.
      if (!(error instanceof PortholeError)) throw error;
      return !isPassing(error);
    }
  }

  #open<Operation extends FileOperation>(
    { subject, deviceId, bind }: Uploader,
    operation: Operation,
    ask: FileAsk<Operation>,
  ): FileChannel {
    return bind(this.#access.open(subject, deviceId, operation, ask));
  }
}

function finished(row: UploadRow, { offset }: Part): UploadState {
  if (offset !== row.size) throw new PortholeError('upload.offset');
  return { offset: row.size, state: row.state };
}
