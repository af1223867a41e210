import { encodeInput, type InputMessage, type PortholeError } from '@porthole/protocol';
import type { Api } from '../../base/api.ts';
import { asPortholeError } from '../../base/asPortholeError.ts';
import type { Channel } from '../../base/channel.ts';
import type { HubLink } from '../../base/link.ts';
import { sentenceFor } from '../../base/sentenceFor.ts';
import { Listeners, type Readable, Store } from '../../base/store.ts';
import { texts } from '../../base/texts.ts';

/** Where this page stands with the device's one seat. `notice` is a sentence to show for a moment. */
export interface SeatState {
  phase: 'watching' | 'asking' | 'controlling';
  notice: string | undefined;
}

export interface InputSessionOptions {
  deviceId: string;
  link: Pick<HubLink, 'viewer' | 'openChannel'>;
  api: Pick<Api, 'ticket' | 'giveControl'>;
}

/**
 * This page's hold on a device's keyboard and pointer. The open channel is the seat: closing it, for whatever reason,
 * releases every key and button on the device.
 */
export class InputSession {
  readonly #options: InputSessionOptions;
  readonly #state = new Store<SeatState>({ phase: 'watching', notice: undefined });
  readonly #keys = new Listeners();
  #channel: Channel | undefined;
  /** Counts attempts: an answer to an older one is not wanted any more. */
  #attempt = 0;
  #declined = false;

  constructor(options: InputSessionOptions) {
    this.#options = options;
  }

  get state(): Readable<SeatState> {
    return this.#state;
  }

  /** The person gave control back on purpose: do not take a free seat without being asked. */
  get declined(): boolean {
    return this.#declined;
  }

  /** Takes control, from whoever has it. */
  take(): void {
    this.#declined = false;
    void this.#acquire(true);
  }

  /** Takes the seat if it is free; silent when it is not. */
  takeFree(): void {
    if (!this.#declined && this.#state.get().phase === 'watching') void this.#acquire(false);
  }

  /** Accepts what `from` handed over. */
  accept(from: string): void {
    this.take();
    this.#state.patch({ notice: texts.control.notice.offered(from) });
  }

  release(): void {
    this.#declined = true;
    this.#leave();
  }

  /** Hands control to another viewer; rejects with the `PortholeError` of the refusal. */
  async give(to: { id: string; user: string }): Promise<void> {
    // Handed over on purpose: do not snatch the seat back in the moment when it is free.
    this.#declined = true;
    try {
      await this.#options.api.giveControl(this.#options.deviceId, to.id);
    } catch (error) {
      this.#declined = false;
      throw error;
    }
  }

  /** Sends one message; dropped while this page is not in control. */
  send(message: InputMessage): void {
    if (this.#state.get().phase !== 'controlling') return;
    this.#channel?.send(encodeInput(message));
    if (message.type === 'text' || (message.type === 'key' && message.down)) this.#keys.notify();
  }

  /** Hears of every key press right after it was sent, until the returned function is called. */
  onKey(listener: () => void): () => void {
    return this.#keys.add(listener);
  }

  dismissNotice(): void {
    this.#state.patch({ notice: undefined });
  }

  /** Gives the seat up. Idempotent; the session may be used again. */
  close(): void {
    this.#leave();
  }

  #leave(): void {
    this.#attempt += 1;
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.close();
    this.#state.patch({ phase: 'watching' });
  }

  async #acquire(take: boolean): Promise<void> {
    const { link } = this.#options;
    const viewer = link.viewer;
    if (viewer === undefined || this.#state.get().phase === 'controlling') return;
    const attempt = ++this.#attempt;
    this.#state.patch(take ? { phase: 'asking', notice: undefined } : { phase: 'asking' });
    try {
      const channel = await this.#open(viewer, take);
      if (attempt === this.#attempt) this.#seat(channel);
      else channel.close();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      // Nobody asked for this attempt, so nobody needs to hear why it failed.
      this.#state.patch(take ? { phase: 'watching', notice: refusal(error) } : { phase: 'watching' });
    }
  }

  async #open(viewer: string, take: boolean): Promise<Channel> {
    const { link, api, deviceId } = this.#options;
    const ticket = await api.ticket(deviceId, 'input', viewer);
    const channel = link.openChannel({ ticket, feature: 'input', params: { take }, message: ignore });
    await channel.opened;
    return channel;
  }

  #seat(channel: Channel): void {
    this.#channel = channel;
    this.#state.patch({ phase: 'controlling' });
    void channel.closed.then((reason) => {
      if (this.#channel !== channel) return;
      this.#channel = undefined;
      this.#attempt += 1;
      this.#state.set({ phase: 'watching', notice: ending(reason) });
    });
  }
}

/** The device answers nothing on this channel. */
function ignore(): void {
  return;
}

function ending(reason: PortholeError): string | undefined {
  // A lost connection or device is shown as such elsewhere.
  if (reason.code === 'channel.closed' || reason.code === 'device.offline') return undefined;
  const sentences: Partial<Record<string, string>> = { ...texts.control.notice, offered: undefined, gave: undefined };
  return sentences[reason.code] ?? sentenceFor(reason.code, reason.message);
}

function refusal(error: unknown): string | undefined {
  return ending(asPortholeError(error));
}
