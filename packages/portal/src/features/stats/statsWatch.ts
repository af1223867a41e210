import { backoff, PortholeError, type StatsParams } from '@porthole/protocol';
import type { Api } from '../../base/api.ts';
import { asPortholeError } from '../../base/asPortholeError.ts';
import type { Channel } from '../../base/channel.ts';
import type { HubLink } from '../../base/link.ts';
import { PASSING } from '../../base/passing.ts';
import { type Readable, Store } from '../../base/store.ts';

/** The way to what a device tells of its health. */
export interface StatsLink {
  deviceId: string;
  api: Pick<Api, 'ticket'>;
  link: Pick<HubLink, 'openChannel'>;
  /** What the hub calls this page. */
  viewer: string;
}

interface StatsWatchOptions extends StatsLink {
  params: Pick<StatsParams, 'operation' | 'intervalMs'>;
  /** One message of the device; throws `WireError` when it is none that was promised. */
  hear(bytes: Uint8Array): void;
}

/** Follows the figures of one device, and comes back by itself when the channel is lost. */
export class StatsWatch {
  /** Why nothing comes, unless that passes by itself. */
  readonly refusal: Readable<PortholeError | undefined>;
  readonly #refusal = new Store<PortholeError | undefined>(undefined);
  readonly #options: StatsWatchOptions;
  #channel: Channel | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: StatsWatchOptions) {
    this.#options = options;
    this.refusal = this.#refusal;
    void this.#run();
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#channel?.close();
  }

  async #run(): Promise<void> {
    const reason = await this.#follow().catch((error: unknown) => asPortholeError(error));
    if (this.#closed) return;
    this.#refusal.set(PASSING.has(reason.code) ? undefined : reason);
    this.#retry = setTimeout(() => void this.#run(), backoff(++this.#failures, Math.random()));
  }

  /** Resolves with why the channel ended; rejects with why there is none. */
  async #follow(): Promise<PortholeError> {
    const { deviceId, api, link, viewer, params, hear } = this.#options;
    const ticket = await api.ticket(deviceId, 'stats', viewer);
    if (this.#closed) throw new PortholeError('channel.closed');
    const channel = link.openChannel({
      ticket,
      feature: 'stats',
      params,
      message: (bytes) => {
        hear(bytes);
        this.#failures = 0;
        this.#refusal.set(undefined);
      },
    });
    this.#channel = channel;
    return await channel.closed;
  }
}
