import { type FileHandle, open } from 'node:fs/promises';
import type { TerminalSize } from '@porthole/protocol';

const FLUSH_MS = 500;
const FLUSH_LENGTH = 64 * 1024;
/** What may wait for the disk, in UTF-16 units; a program waits beyond it. */
const MAX_WAITING = 2 * 1024 * 1024;

/** How a recorder is set up. */
export interface RecorderOptions {
  /** Of the file, which must not be there yet. */
  path: string;
  head: RecordingHead;
  /** In bytes. */
  maxBytes: number;
  /** Called once when it ends by itself. */
  ended: () => void;
}

/** What a recording says of itself. `startedAt` in ms since 1970. */
export interface RecordingHead {
  session: string;
  name: string;
  user: string;
  startedAt: number;
  size: TerminalSize;
}

/**
 * Writes what one session shows as asciicast v2: output and sizes, never what was typed. A disk that is full, or a recording
 * that is too large, ends it and nothing else.
 */
export class Recorder {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #ended: () => void;
  readonly #decoder = new TextDecoder();
  readonly #start = performance.now();
  #lines: string;
  #length = 0;
  #written = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #file: Promise<FileHandle> | undefined;
  #isOver = false;
  /** Nothing more is written, not even what waits. */
  #hasFailed = false;

  constructor({ path, head, maxBytes, ended }: RecorderOptions) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#ended = ended;
    this.#lines = firstLine(head);
    this.#flush();
  }

  /** More than the disk keeps up with is waiting. */
  get isCrowded(): boolean {
    return this.#length > MAX_WAITING;
  }

  /** Characters that are not whole wait for the rest of them. */
  output(bytes: Uint8Array): void {
    const text = this.#decoder.decode(bytes, { stream: true });
    if (text !== '') this.#add('o', text);
  }

  size({ columns, rows }: TerminalSize): void {
    this.#add('r', `${columns}x${rows}`);
  }

  /** Resolves when all of it is on the disk. */
  async close(): Promise<void> {
    if (this.#isOver) return this.#writing;
    this.#flush();
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#writing = this.#writing.then(async () => (await this.#file)?.close()).catch(() => undefined);
    await this.#writing;
  }

  #add(kind: 'o' | 'r', data: string): void {
    if (this.#isOver) return;
    const line = `${JSON.stringify([Math.round(performance.now() - this.#start) / 1_000, kind, data])}\n`;
    this.#lines += line;
    this.#length += line.length;
    if (this.#lines.length > FLUSH_LENGTH) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#lines;
    this.#lines = '';
    if (lines === '' || this.#isOver) return;
    this.#writing = this.#writing.then(() => this.#write(lines));
  }

  async #write(lines: string): Promise<void> {
    const bytes = Buffer.from(lines);
    this.#length -= lines.length;
    if (this.#hasFailed) return;
    try {
      if (this.#written + bytes.byteLength > this.#maxBytes) return this.#giveUp();
      this.#file ??= open(this.#path, 'wx', 0o600);
      const file = await this.#file;
      for (let at = 0; at < bytes.byteLength; ) at += (await file.write(bytes, at)).bytesWritten;
      this.#written += bytes.byteLength;
    } catch {
      this.#giveUp();
      await this.#cutOff();
    }
  }

  /** Half a line is none. */
  async #cutOff(): Promise<void> {
    try {
      await (await this.#file)?.truncate(this.#written);
    } catch {
      // There is no file, or the disk is beyond help: who replays it stops there.
      return;
    }
  }

  #giveUp(): void {
    this.#hasFailed = true;
    if (this.#isOver) return;
    void this.close();
    this.#ended();
  }
}

function firstLine({ size, ...porthole }: RecordingHead): string {
  const { name: title, startedAt } = porthole;
  const timestamp = Math.floor(startedAt / 1_000);
  return `${JSON.stringify({ version: 2, width: size.columns, height: size.rows, timestamp, title, porthole })}\n`;
}
