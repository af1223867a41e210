import type { FileHandle } from 'node:fs/promises';
import type { OpenFolder } from '../fileSpace.ts';

/** The kept file of an upload, opened, and the folder that it is in. */
export interface OpenPart {
  target: OpenFolder;
  handle: FileHandle;
}

interface HeldPart extends OpenPart {
  timer: NodeJS.Timeout;
}

const MAX_HELD = 64;
const HOLD_MS = 5_000;

/** Closes both. */
export async function closePart({ target, handle }: OpenPart): Promise<void> {
  await Promise.all([handle.close(), target.close()]);
}

/** What was just begun and will be written to in a moment is held open until then: with many small files that is half of the work. */
export class HeldParts {
  readonly #held = new Map<string, HeldPart>();

  /** Takes the part over. */
  put(id: string, part: OpenPart): void {
    this.drop(id);
    const [oldest] = this.#held.keys();
    if (this.#held.size >= MAX_HELD && oldest !== undefined) this.drop(oldest);
    const timer = setTimeout(() => this.drop(id), HOLD_MS);
    timer.unref();
    this.#held.set(id, { ...part, timer });
  }

  /** Gives the part back, if it is still held; the caller closes it. */
  take(id: string): OpenPart | undefined {
    const held = this.#held.get(id);
    clearTimeout(held?.timer);
    this.#held.delete(id);
    return held;
  }

  close(): void {
    for (const id of [...this.#held.keys()]) this.drop(id);
  }

  /** Closes the part, if it is held. */
  drop(id: string): void {
    const part = this.take(id);
    // Nothing was written through this descriptor that closing could lose.
    if (part) closePart(part).catch(() => undefined);
  }
}
