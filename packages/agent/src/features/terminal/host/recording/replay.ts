import type { FileHandle } from 'node:fs/promises';
import { TERMINAL_CHUNK } from '@porthole/protocol';
import type { Viewer } from '../viewer.ts';

/** Sends a recording to one viewer, as fast as that takes it. */
export class Replay {
  readonly #file: FileHandle;
  readonly #viewer: Viewer;
  #isReading = false;
  #isOver = false;

  /** The file is its own from here on. */
  constructor(file: FileHandle, viewer: Viewer) {
    this.#file = file;
    this.#viewer = viewer;
  }

  /** Goes on: there is room again. */
  async pump(): Promise<void> {
    if (this.#isReading || this.#isOver) return;
    this.#isReading = true;
    while (!this.#isOver && this.#viewer.waiting === 0) await this.#readSome();
    this.#isReading = false;
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#file.close().catch(() => undefined);
  }

  async #readSome(): Promise<void> {
    try {
      const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(TERMINAL_CHUNK), 0, TERMINAL_CHUNK);
      if (this.#isOver) return;
      if (bytesRead > 0) return this.#viewer.content(buffer.subarray(0, bytesRead));
      this.#viewer.done({});
      this.close();
    } catch {
      if (!this.#isOver) this.#viewer.refuse('recording.unknown');
      this.close();
    }
  }
}
