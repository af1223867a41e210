import { constants, mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_TITLE, PortholeError, type TerminalRecording, terminalRecording } from '@porthole/protocol';
import * as z from 'zod';
import { plainText } from '../plainText.ts';
import { Recorder, type RecordingHead } from './recorder.ts';

const ENDING = '.cast';
/** What recordings may take of a device. The oldest make room. */
export interface RecordingLimits {
  /** Of one recording, in bytes. */
  bytes: number;
  /** Of all together, in bytes. */
  totalBytes: number;
  /** Recordings that are listed, and kept. */
  count: number;
}

const LIMITS: RecordingLimits = { bytes: 256 * 1024 * 1024, totalBytes: 1024 * 1024 * 1024, count: 500 };
/** Of a name that is told; many of them have to fit into one message. */
const MAX_NAME = 128;
const HEAD_BYTES = 16 * 1024;

const head = z.object({
  porthole: z.object({ session: z.string(), name: z.string(), user: z.string(), startedAt: z.number() }),
});

/** The recordings that are kept in one folder. */
export class Recordings {
  readonly #folder: string;
  readonly #running = new Map<string, Recorder>();
  readonly #limits: RecordingLimits;
  #count = 0;

  constructor(folder: string, limits: RecordingLimits = LIMITS) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Begins one. `ended` is called when it ends before it is told to. Throws when the folder cannot be made. */
  begin(about: RecordingHead, ended: () => void): { recorder: Recorder; close(): Promise<void> } {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const id = `${about.startedAt.toString(36)}-${about.session}-${(++this.#count).toString(36)}`;
    const recorder = new Recorder({ path: this.#path(id), head: about, maxBytes: this.#limits.bytes, ended });
    this.#running.set(id, recorder);
    void this.#makeRoom();
    const close = async () => {
      await recorder.close();
      this.#running.delete(id);
    };
    return { recorder, close };
  }

  /** The newest first. */
  async list(): Promise<TerminalRecording[]> {
    return (await this.#all()).slice(0, this.#limits.count);
  }

  async #all(): Promise<TerminalRecording[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
    const all = await Promise.all(ids.map((id) => this.#describe(id)));
    return all.filter((recording) => recording !== undefined).sort((left, right) => right.startedAt - left.startedAt);
  }

  /** Throws `recording.unknown`. The file is the caller's to close. */
  async read(id: string): Promise<FileHandle> {
    try {
      return await open(this.#path(id), constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch {
      throw new PortholeError('recording.unknown');
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}${ENDING}`);
  }

  /** Undefined for what is no recording of this program. */
  async #describe(id: string): Promise<TerminalRecording | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.#path(id));
      const { session, name, user, startedAt } = head.parse(JSON.parse(await this.#firstLine(id))).porthole;
      return terminalRecording.parse({
        id,
        session,
        name: plainText(name, MAX_NAME),
        user: plainText(user, MAX_TITLE),
        startedAt,
        length: Math.max(0, mtimeMs - startedAt),
        bytes: size,
        running: this.#running.has(id),
      });
    } catch {
      return undefined;
    }
  }

  async #firstLine(id: string): Promise<string> {
    await using file = await this.read(id);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '';
  }

  async #makeRoom(): Promise<void> {
    const recordings = await this.#all();
    const { bytes: largest, totalBytes, count } = this.#limits;
    let total = largest;
    for (const [index, { id, bytes, running }] of recordings.entries()) {
      total += bytes;
      const isTooMuch = total > totalBytes || index >= count - 1;
      if (isTooMuch && !running) await rm(this.#path(id), { force: true });
    }
  }
}
