import { encodeToTerminal, MAX_TERMINAL_INPUT, type ToTerminal } from '@porthole/protocol';
import type { Channel } from '../../base/channel.ts';

/** What waits for the device to take it, in bytes; beyond it input is refused. */
const MOST_WAITING = 4 * 1024 * 1024;

/** Ctrl-C. */
const INTERRUPT = 3;

/** What a person sends to a session, in order, never more at once than the device allows. */
export class InputQueue {
  readonly #channel: Pick<Channel, 'send' | 'room' | 'granted' | 'closed'>;
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #pumping = false;
  #closed = false;

  constructor(channel: Pick<Channel, 'send' | 'room' | 'granted' | 'closed'>) {
    this.#channel = channel;
    void channel.closed.then(() => this.#close());
  }

  /** False, and nothing of it is sent, when too much waits already. */
  type(bytes: Uint8Array): boolean {
    // An interrupt does not stand behind what it is to interrupt.
    if (bytes.byteLength === 1 && bytes[0] === INTERRUPT) this.#forget();
    if (this.#closed || this.#waitingBytes + bytes.byteLength > MOST_WAITING) return false;
    for (let at = 0; at < bytes.byteLength; at += MAX_TERMINAL_INPUT) {
      this.#add({ type: 'input', bytes: bytes.subarray(at, at + MAX_TERMINAL_INPUT) });
    }
    return true;
  }

  /** Asks for a size; only the latest one that has not been sent matters, but the order with input stays. */
  resize(columns: number, rows: number): void {
    if (!this.#closed) this.#add({ type: 'size', size: { columns, rows } });
  }

  #add(message: ToTerminal): void {
    const bytes = encodeToTerminal(message);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    if (!this.#pumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    for (let next = this.#waiting[0]; next && !this.#closed; next = this.#waiting[0]) {
      if (next.byteLength > this.#channel.room) {
        await this.#channel.granted();
        // It may have been forgotten meanwhile.
        continue;
      }
      this.#waiting.shift();
      this.#waitingBytes -= next.byteLength;
      this.#channel.send(next);
    }
    this.#pumping = false;
  }

  #close(): void {
    this.#closed = true;
    this.#forget();
  }

  #forget(): void {
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
  }
}
