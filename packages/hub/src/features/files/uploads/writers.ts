import { setTimeout as sleep } from 'node:timers/promises';
import { PortholeError } from '@porthole/protocol';

/** How long one that was asked to go may take, in ms. */
const LEAVE_MS = 5_000;

interface Writer {
  evict: () => void;
  left: Promise<void>;
}

/**
 * At most one request at a time writes to an upload. The newest wins: a browser that comes back over another network must
 * not wait for the old connection to be noticed as dead.
 */
export class Writers {
  readonly #writers = new Map<string, Writer>();

  /**
   * Sends away who writes now, waits until it is gone, and takes its place; `evict` is called when somebody newer comes.
   * Returns how to leave. Throws `upload.busy` when the other one does not go, or somebody else was quicker.
   */
  async enter(id: string, evict: () => void): Promise<() => void> {
    await this.clear(id);
    if (this.#writers.has(id)) throw new PortholeError('upload.busy');
    const left = Promise.withResolvers<void>();
    const writer = { evict, left: left.promise };
    this.#writers.set(id, writer);
    return () => {
      if (this.#writers.get(id) === writer) this.#writers.delete(id);
      left.resolve();
    };
  }

  /** Sends away who writes now, if anybody does. */
  async clear(id: string): Promise<void> {
    const writer = this.#writers.get(id);
    if (!writer) return;
    writer.evict();
    await Promise.race([writer.left, sleep(LEAVE_MS, undefined, { ref: false })]);
  }
}
