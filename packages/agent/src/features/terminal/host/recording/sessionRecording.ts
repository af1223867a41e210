import type { TerminalSize } from '@porthole/protocol';
import type { ScreenPicture } from '../screen/screen.ts';
import type { RecordingHead } from './recorder.ts';
import type { Recordings } from './recordings.ts';

export interface SessionRecordingOptions {
  recordings: Recordings;
  /** What is said of a recording that begins now. */
  head: (size: TerminalSize) => RecordingHead;
  /** Asks for a picture of what is shown now. */
  capture: (taken: (picture: ScreenPicture) => void) => void;
  /** It began, or is over. */
  changed: () => void;
}

/** Whether what one session shows is recorded, and its recording while it is. */
export class SessionRecording {
  readonly #options: SessionRecordingOptions;
  #current: ReturnType<Recordings['begin']> | undefined;
  /** It is to be recorded, as soon as there is a picture to begin with. */
  #isWanted = false;
  #isClosed = false;

  constructor(options: SessionRecordingOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#current !== undefined;
  }

  /** More than the disk keeps up with is waiting. */
  get isCrowded(): boolean {
    return this.#current?.recorder.isCrowded === true;
  }

  /** From here on; a recording begins with what is shown now. */
  set(isOn: boolean): void {
    if (this.#isClosed || isOn === this.#isWanted) return;
    this.#isWanted = isOn;
    if (isOn) this.#options.capture((picture) => this.#begin(picture));
    else this.#end();
  }

  output(bytes: Uint8Array): void {
    this.#current?.recorder.output(bytes);
  }

  size(size: TerminalSize): void {
    this.#current?.recorder.size(size);
  }

  /** Resolves when all of it is on the disk. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#current?.close();
  }

  #begin({ size, steps }: ScreenPicture): void {
    if (this.#isClosed || !this.#isWanted || this.#current) return;
    try {
      this.#current = this.#options.recordings.begin(this.#options.head(size), () => this.#end());
    } catch {
      // Without a place for it there is none, and everybody is told so.
      this.#isWanted = false;
      return;
    }
    for (const step of steps) {
      if (step instanceof Uint8Array) this.output(step);
      else this.size(step);
    }
    this.#options.changed();
  }

  #end(): void {
    const current = this.#current;
    this.#isWanted = false;
    this.#current = undefined;
    void current?.close();
    this.#options.changed();
  }
}
