import { statsSample, WireError } from '@porthole/protocol';
import { DeviceFeed } from '../../devices/deviceFeed.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import type { Interest } from '../../devices/interest.ts';

/** Interval between samples while somebody looks, and while nobody does, in ms. */
const LIVE_MS = 1_000;
const IDLE_MS = 60_000;

/** Keeps the latest sample of every device: each second while somebody looks at it, slower otherwise. */
export function statsFeed(directory: DeviceDirectory, interest: Interest): DeviceFeed {
  return new DeviceFeed({
    directory,
    feature: 'stats',
    wanted: (device) => ({ intervalMs: interest.wants('stats', device.id) ? LIVE_MS : IDLE_MS }),
    received: (id, payload) => directory.sampled(id, parseSample(payload)),
  });
}

function parseSample(payload: Uint8Array) {
  if (payload.byteLength > 1024) throw new WireError('stats sample too large');
  const parsed = statsSample.safeParse(parseJson(payload));
  if (!parsed.success) throw new WireError('stats sample does not fit its schema');
  return parsed.data;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    throw new WireError('stats sample is not JSON');
  }
}
