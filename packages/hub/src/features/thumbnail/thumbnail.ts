import { decodeThumbnail } from '@porthole/protocol';
import { DeviceFeed } from '../../devices/deviceFeed.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import { FeedRests } from '../../devices/feedRests.ts';
import type { Interest } from '../../devices/interest.ts';

/** Keeps the latest picture of every device whose card is on somebody's screen, or always where its owner wants that. */
export class ThumbnailFeed {
  readonly #feed: DeviceFeed;
  readonly #rests: FeedRests;

  constructor(directory: DeviceDirectory, interest: Interest) {
    this.#rests = new FeedRests(directory, 'thumbnail', (id) => this.refresh(id));
    this.#feed = new DeviceFeed({
      directory,
      feature: 'thumbnail',
      wanted: (device) => {
        const { settings } = device.sending;
        const isWanted = interest.wants('thumbnails', device.id) || !settings.onlyWatched;
        if (!isWanted || this.#rests.isResting(device)) return null;
        return { maxWidth: settings.thumbnailWidth, intervalMs: settings.thumbnailMs };
      },
      received: (id, payload) => directory.pictured(id, decodeThumbnail(payload)),
      closed: (id, code) => {
        if (code === 'feature.off') this.#rests.refused(id);
      },
    });
  }

  /** Somebody began or ceased to look. */
  refresh(id: string): void {
    this.#feed.refresh(id);
  }

  close(): void {
    this.#rests.close();
    this.#feed.close();
  }
}
