import { backoff, decodeFileMessage, type ErrorCode, encodeFileMessage, PortholeError } from '@porthole/protocol';
import type { Api } from '../../base/api.ts';
import { asPortholeError } from '../../base/asPortholeError.ts';
import type { Channel } from '../../base/channel.ts';
import { type Later, laterByTimer } from '../../base/later.ts';
import type { HubLink } from '../../base/link.ts';
import { PASSING } from '../../base/passing.ts';

export interface WatchOptions {
  api: Pick<Api, 'ticket'>;
  link: Pick<HubLink, 'openChannel'>;
  deviceId: string;
  viewer: string;
  path: string;
  /** Something in the folder changed; the `first` time, something may have changed before anybody listened. */
  changed(first: boolean): void;
  later?: Later;
}

/** The path leads to no folder; whoever took it away may put it back. */
const GONE: ReadonlySet<ErrorCode> = new Set(['file.missing', 'file.not-folder']);

/** Hears of changes in one folder until it is closed. A device that cannot watch is simply not heard. */
export class FolderWatch {
  readonly #options: WatchOptions;
  readonly #later: Later;
  #channel: Channel | undefined;
  #callOff: (() => void) | undefined;
  #failures = 0;
  /** Somebody listens for the first time, without a gap after the folder was read. */
  #first = true;
  #closed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#later = options.later ?? laterByTimer;
    void this.#run();
  }

  /** Idempotent. */
  close(): void {
    this.#closed = true;
    this.#callOff?.();
    this.#channel?.close();
  }

  async #run(): Promise<void> {
    const reason = await this.#listen().catch((error: unknown) => asPortholeError(error));
    const isGone = GONE.has(reason.code);
    if (this.#closed || !(isGone || PASSING.has(reason.code))) return;
    this.#first = false;
    // It is told once, also when it went after the folder was read and before anybody listened.
    if (isGone && this.#failures === 0) this.#options.changed(false);
    this.#callOff = this.#later(() => void this.#run(), backoff(this.#failures++, Math.random()));
  }

  /** Resolves with why the channel ended; rejects with why there is none. */
  async #listen(): Promise<PortholeError> {
    const { api, link, deviceId, viewer, path, changed } = this.#options;
    const ticket = await api.ticket(deviceId, 'files', viewer);
    if (this.#closed) throw new PortholeError('channel.closed');
    const channel = link.openChannel({
      ticket,
      feature: 'files',
      params: { operation: 'watch' },
      message: (bytes) => {
        if (decodeFileMessage(bytes).type !== 'item') return;
        this.#failures = 0;
        changed(this.#first);
        this.#first = false;
      },
    });
    this.#channel = channel;
    await channel.opened;
    channel.send(encodeFileMessage({ type: 'item', json: { path } }));
    return await channel.closed;
  }
}
