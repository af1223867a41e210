import { decodeFileMessage, encodeFileMessage } from '@porthole/protocol';
import type { Api } from '../../base/api.ts';
import type { Channel } from '../../base/channel.ts';
import type { HubLink } from '../../base/link.ts';

export interface WatchOptions {
  api: Pick<Api, 'ticket'>;
  link: Pick<HubLink, 'openChannel'>;
  deviceId: string;
  viewer: string;
  path: string;
  /** Something in the folder changed; the `first` time, something may have changed before anybody listened. */
  changed(first: boolean): void;
}

/** Hears of changes in one folder, as long as the connection lasts. A device that cannot watch is simply not heard. */
export class FolderWatch {
  readonly #options: WatchOptions;
  #channel: Channel | undefined;
  #closed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    void this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#channel?.close();
  }

  async #open(): Promise<void> {
    const { api, link, deviceId, viewer, path, changed } = this.#options;
    const ticket = await api.ticket(deviceId, 'files', viewer).catch(() => undefined);
    if (this.#closed || ticket === undefined) return;
    let first = true;
    const channel = link.openChannel({
      ticket,
      feature: 'files',
      params: { operation: 'watch' },
      message: (bytes) => {
        if (decodeFileMessage(bytes).type !== 'item') return;
        changed(first);
        first = false;
      },
    });
    this.#channel = channel;
    const agreed = await channel.opened.then(
      () => true,
      () => false,
    );
    if (agreed) channel.send(encodeFileMessage({ type: 'item', json: { path } }));
  }
}
