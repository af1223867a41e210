import { decodeThumbnail } from '@porthole/protocol';
import { DeviceFeed } from '../../devices/deviceFeed.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import type { Interest } from '../../devices/interest.ts';

const PARAMS = { maxWidth: 480, intervalMs: 2_000 };

/** Keeps the latest picture of every device whose card is on somebody's screen; nobody looks, nothing is made. */
export function thumbnailFeed(directory: DeviceDirectory, interest: Interest): DeviceFeed {
  return new DeviceFeed({
    directory,
    feature: 'thumbnail',
    wanted: (device) => (interest.wants('thumbnails', device.id) ? PARAMS : null),
    received: (id, payload) => directory.pictured(id, decodeThumbnail(payload)),
  });
}
