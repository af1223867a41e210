import { LIMITS } from '@porthole/protocol';

/**
 * live: gets everything. behind: too much is on its way, gets nothing until all of it arrived.
 * waiting: has room again, gets nothing until a message that stands alone (sync).
 */
type GateState = 'live' | 'behind' | 'waiting';

/**
 * Decides for one viewer of a lossy channel which messages it gets, from what it acknowledged. Old messages are never kept
 * for later: a viewer that falls behind is skipped, and brought back with a fresh whole.
 */
export class LossyGate {
  #state: GateState = 'waiting';
  #outstanding = 0;
  readonly #window: number;

  constructor(window: number = LIMITS.lossyWindow) {
    this.#window = window;
  }

  /** Payload bytes sent and not acknowledged. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** True when the message of `bytes` is to be sent. */
  offer(bytes: number, sync: boolean): boolean {
    if (this.#state === 'waiting' && sync) this.#state = 'live';
    if (this.#state !== 'live') return false;
    if (this.#outstanding + bytes > this.#window) {
      this.#state = this.#outstanding === 0 ? 'waiting' : 'behind';
      return false;
    }
    this.#outstanding += bytes;
    return true;
  }

  /** Notes an acknowledgement. 'refresh': the viewer has drained and now needs a whole; 'excess': it claims more than it got. */
  credit(bytes: number): 'ok' | 'refresh' | 'excess' {
    if (bytes > this.#outstanding) return 'excess';
    this.#outstanding -= bytes;
    if (this.#state !== 'behind' || this.#outstanding > 0) return 'ok';
    this.#state = 'waiting';
    return 'refresh';
  }
}
