import { type FileHandle, open } from 'node:fs/promises';
import type { TerminalSize } from '@porthole/protocol';

/** Largest recording, in bytes. */
export const MAX_RECORDING = 256 * 1024 * 1024;
const FLUSH_MS = 500;
const FLUSH_LENGTH = 64 * 1024;
/** What may wait for the disk, in UTF-16 units; a program waits beyond it. */
const MAX_WAITING = 2 * 1024 * 1024;

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
  readonly #startedAt: number;
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

  /** @param ended called once when it ends by itself. */
  constructor(path: string, head: RecordingHead, ended: () => void) {
    this.#path = path;
    this.#startedAt = head.startedAt;
    this.#ended = ended;
    const { columns, rows } = head.size;
    const { session, name, user, startedAt } = head;
    const timestamp = Math.floor(this.#startedAt / 1_000);
    this.#lines = `${JSON.stringify({ version: 2, width: columns, height: rows, timestamp, title: name, porthole: { session, name, user, startedAt } })}\n`;
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
    try {
      if (this.#written + bytes.byteLength > MAX_RECORDING) return this.#giveUp();
      this.#file ??= open(this.#path, 'wx', 0o600);
      const file = await this.#file;
      for (let at = 0; at < bytes.byteLength; ) at += (await file.write(bytes, at)).bytesWritten;
      this.#written += bytes.byteLength;
    } catch {
      this.#giveUp();
    }
  }

  #giveUp(): void {
    if (this.#isOver) return;
    void this.close();
    this.#ended();
  }
}
