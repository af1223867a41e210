import { backoff, type PortholeError, type TerminalList, terminalList, WireError } from '@porthole/protocol';
import { asPortholeError } from '../../base/asPortholeError.ts';
import type { Channel } from '../../base/channel.ts';
import { type Readable, Store } from '../../base/store.ts';
import { judgeLoss } from './judgeLoss.ts';
import { openTerminal, type TerminalLink } from './terminalLink.ts';

/** `list` is the last that was told; `refusal` says why there is none now, unless that passes by itself. */
export interface ListState {
  list: TerminalList | undefined;
  refusal: PortholeError | undefined;
}

/** The sessions of a device and what new ones may begin with, followed. */
export class ListWatch {
  readonly state: Readable<ListState>;
  readonly #state = new Store<ListState>({ list: undefined, refusal: undefined });
  readonly #link: TerminalLink;
  #channel: Channel | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #opening = false;
  #closed = false;

  constructor(link: TerminalLink) {
    this.#link = link;
    this.state = this.#state;
    void this.#open();
  }

  /** The connection or the device is back: no need to wait for the next attempt. */
  retry(): void {
    if (this.#closed || this.#channel || this.#opening) return;
    clearTimeout(this.#retry);
    void this.#open();
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#channel?.close();
  }

  async #open(): Promise<void> {
    this.#opening = true;
    const channel = await openTerminal(this.#link, 'list', {}, (message) => {
      const parsed = terminalList.safeParse(message.type === 'item' ? message.json : undefined);
      if (!parsed.success) throw new WireError('not a list of terminals');
      this.#failures = 0;
      this.#state.set({ list: parsed.data, refusal: undefined });
    }).catch((error: unknown) => this.#refused(error));
    this.#opening = false;
    if (this.#closed) return channel?.close();
    this.#channel = channel;
    if (channel) this.#refused(await channel.closed);
    this.#channel = undefined;
    if (!this.#closed) this.#retry = setTimeout(() => this.retry(), backoff(this.#failures++, Math.random()));
  }

  #refused(error: unknown): undefined {
    const reason = asPortholeError(error);
    if (judgeLoss(reason, 'existing') === 'refused') this.#state.patch({ refusal: reason });
  }
}
