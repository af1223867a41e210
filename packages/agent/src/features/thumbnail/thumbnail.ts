import { encodeThumbnail, type Thumbnail, type ThumbnailParams } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';

/** Takes one small picture; undefined when there is none to be had. */
export type TakePicture = (maxWidth: number) => Promise<Thumbnail | undefined>;

/** Live thumbnails: taken only while a channel is open, sent only when the picture changed. */
export class ThumbnailFeature implements FeatureHandler {
  readonly #take: TakePicture;

  constructor(take: TakePicture) {
    this.#take = take;
  }

  open(channel: HostChannel): ChannelListener {
    const { maxWidth, intervalMs } = channel.params as ThumbnailParams;
    let timer: NodeJS.Timeout | undefined;
    let isOpen = true;
    let sent: Buffer = Buffer.alloc(0);
    const tick = async () => {
      // A picture that cannot be had now may be had the next time.
      const picture = await this.#take(maxWidth).catch(() => undefined);
      if (!isOpen) return;
      if (picture && !sent.equals(picture.jpeg)) {
        sent = Buffer.from(picture.jpeg);
        channel.send(encodeThumbnail(picture), true);
      }
      timer = setTimeout(() => void tick(), intervalMs);
    };
    channel.accept();
    void tick();
    return {
      message: () => undefined,
      lagged: () => {
        sent = Buffer.alloc(0);
      },
      closed: () => {
        isOpen = false;
        clearTimeout(timer);
      },
    };
  }
}
