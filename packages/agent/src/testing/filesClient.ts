import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeFileMessage,
  decodeFrame,
  type ErrorCode,
  encodeFileMessage,
  FILE_CHUNK,
  type FileAsk,
  type FileOperation,
  type Outcome,
  PortholeError,
  type UploadState,
} from '@porthole/protocol';
import { pino } from 'pino';
import { type ChannelListener, HostChannel } from '../base/channelHost.ts';
import type { FileBackend } from '../features/files/backend.ts';
import type { FilesFeature } from '../features/files/files.ts';
import { openFiles } from '../features/files/openFiles.ts';
import { detectFiles } from '../platform/detect.ts';

/** The part of a test's context that is needed to clean up. */
interface Cleanup {
  after(work: () => unknown): void;
}

export interface FilesSetup {
  roots?: string[];
  readOnly?: boolean;
  backend?: FileBackend;
  /** The agent's data folder; a new one otherwise. */
  data?: string;
}

/** A folder of its own that goes when the test ends. */
export function temporaryFolder(t: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-'));
  // What begins with the feature, such as a folder of its own, may still be on its way.
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The real files feature, asked as the hub asks it. */
export class FilesClient {
  readonly data: string;
  readonly #feature: FilesFeature;
  #channels = 0;

  constructor(t: Cleanup, { roots, readOnly = false, backend = detectFiles(), data }: FilesSetup = {}) {
    this.data = data ?? temporaryFolder(t);
    const policy = { allows: (capability: string) => !(readOnly && capability === 'files.write'), roots, programs: {} };
    this.#feature = openFiles({ backend, policy, folder: this.data, log: pino({ level: 'silent' }) });
    t.after(() => this.#feature.close());
  }

  /** Opens a channel and asks; `credit: false` grants nothing beyond the first window until `grant`. */
  call<O extends FileOperation>(operation: O, ask: FileAsk<O>, { credit = true } = {}): Call {
    return new Call(this.#feature, { channel: ++this.#channels, operation, ask, credit });
  }

  /** The result of an operation that takes and sends no content. Rejects with the code that closed the channel. */
  async ask<T, O extends FileOperation = FileOperation>(operation: O, ask: FileAsk<O>): Promise<T> {
    return (await this.call(operation, ask).done) as T;
  }

  /** The content that an operation sends. */
  async bytes<O extends FileOperation>(operation: O, ask: FileAsk<O>): Promise<Buffer> {
    const call = this.call(operation, ask);
    await call.done;
    return call.content;
  }

  async outcome(operation: 'remove' | 'copy' | 'move', ask: FileAsk<typeof operation>): Promise<Outcome> {
    return await this.ask(operation, ask);
  }

  /** Begins an upload and sends all of it. */
  async upload(ask: FileAsk<'begin'>, content: Uint8Array, sha256?: string): Promise<UploadState> {
    const begun = await this.ask<UploadState, 'begin'>('begin', ask);
    if (begun.state !== 'receiving') return begun;
    return await this.write(
      { id: ask.id, folder: ask.folder, offset: begun.offset, sha256 },
      content.subarray(begun.offset),
    );
  }

  /** Sends a whole file behind its question. */
  async take(ask: FileAsk<'take'>, content: Uint8Array): Promise<UploadState> {
    const call = this.call('take', ask);
    await call.send(content);
    call.end();
    return (await call.done) as UploadState;
  }

  async write(ask: { id: string; folder: string; offset: number; sha256?: string | undefined }, content: Uint8Array) {
    const { sha256, ...rest } = ask;
    const call = this.call('write', sha256 === undefined ? rest : { ...rest, sha256 });
    await call.send(content);
    call.end();
    return (await call.done) as UploadState;
  }
}

interface CallOptions {
  channel: number;
  operation: FileOperation;
  ask: unknown;
  credit: boolean;
}

/** One channel as the hub sees it. */
export class Call {
  readonly items: unknown[] = [];
  /** The result; rejects with the code that closed the channel. */
  readonly done: Promise<unknown>;
  /** Payload bytes received. */
  received = 0;
  readonly #pieces: Buffer[] = [];
  readonly #result = Promise.withResolvers<unknown>();
  readonly #channel: HostChannel;
  readonly #listener: ChannelListener;
  #isOver = false;
  #heard: (() => void) | undefined;

  constructor(feature: FilesFeature, { channel, operation, ask, credit }: CallOptions) {
    this.done = this.#result.promise;
    this.done.catch(() => undefined);
    const grant = {
      device: 'd',
      channel,
      feature: 'files',
      viewer: 'v',
      user: 'ann',
      issued: 0,
      nonce: '',
      signature: '',
    };
    const carrier = {
      send: () => undefined,
      sendFrame: (frame: Uint8Array) => this.#receive(Uint8Array.from(frame), credit),
    };
    this.#channel = new HostChannel({ ...grant, feature: 'files' }, { operation }, carrier, (code) =>
      this.#closed(code),
    );
    this.#listener = feature.open(this.#channel);
    void this.#say({ type: 'item', json: ask });
  }

  get content(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /** Sends content in pieces, each when the one before was taken. */
  async send(content: Uint8Array, size = FILE_CHUNK): Promise<void> {
    for (let at = 0; at < content.byteLength && !this.#isOver; at += size) {
      const piece = Uint8Array.from(content.subarray(at, at + size));
      await Promise.race([this.#say({ type: 'bytes', bytes: piece }), this.done.catch(() => undefined)]);
    }
  }

  /** Says that this was all. */
  end(): void {
    void this.#say({ type: 'done', json: {} });
  }

  grant(bytes: number): void {
    this.#channel.credit.grant(bytes);
  }

  /** Resolves when something arrives. */
  heard(): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }

  /** The hub closes the channel. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.closed();
    this.#result.reject(new PortholeError('channel.closed'));
  }

  async #say(message: Parameters<typeof encodeFileMessage>[0]): Promise<void> {
    if (this.#isOver) return;
    try {
      await this.#listener.message(encodeFileMessage(message));
    } catch (error) {
      this.#closed(error instanceof PortholeError ? error.code : 'message.invalid');
    }
  }

  #receive(frame: Uint8Array, credit: boolean): void {
    const decoded = decodeFrame(frame);
    if (decoded.type !== 'data') throw new Error('not data');
    const { payload } = decoded;
    this.received += payload.byteLength;
    const message = decodeFileMessage(payload);
    if (message.type === 'item') this.items.push(message.json);
    else if (message.type === 'bytes') this.#pieces.push(Buffer.from(message.bytes));
    else this.#result.resolve(message.json);
    this.#heard?.();
    if (credit) setImmediate(() => this.#channel.credit.grant(payload.byteLength));
  }

  #closed(code: ErrorCode): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener.closed();
    this.#result.reject(new PortholeError(code));
    this.#heard?.();
  }
}
