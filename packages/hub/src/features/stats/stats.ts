import { PortholeError, type StatsSample, statsSample, WireError } from '@porthole/protocol';
import { DeviceFeed } from '../../devices/deviceFeed.ts';
import type { DeviceDirectory } from '../../devices/directory.ts';
import { FeedRests } from '../../devices/feedRests.ts';
import type { Interest } from '../../devices/interest.ts';
import type { LiveDevice } from '../../devices/liveDevice.ts';
import type { ChannelHooks } from '../../portals/channelHooks.ts';
import type { SampleSink } from './history/history.ts';
import { type SamplePace, samplePace } from './samplePace.ts';

/** What alerts want to know of devices. */
export interface Guard {
  /** A rule that is on needs figures of the device. */
  needsSamples(deviceId: string): boolean;
  /** Names of programs that should run there, one a line. */
  programs(deviceId: string): string;
}

export interface StatsParts {
  directory: DeviceDirectory;
  interest: Interest;
  history: SampleSink;
  guard: Guard;
}

/** The longest message that a sample of honest figures and names can be. */
const MAX_SAMPLE = 16 * 1024;

/** Keeps the latest sample of every device, as often as its settings, whoever looks, and alerts want it. */
export class StatsFeed {
  readonly #parts: StatsParts;
  readonly #feed: DeviceFeed;
  readonly #paces = new Map<string, SamplePace>();
  readonly #rests: FeedRests;
  readonly #stop: () => void;

  constructor(parts: StatsParts) {
    this.#parts = parts;
    const { directory } = parts;
    this.#feed = new DeviceFeed({
      directory,
      feature: 'stats',
      wanted: (device) => this.#wanted(device),
      received: (id, payload) => this.#received(id, parseSample(payload)),
      closed: (id, code) => {
        if (code === 'feature.off') this.#rests.refused(id);
      },
    });
    this.#rests = new FeedRests(directory, 'stats', (id) => this.#feed.refresh(id));
    this.#stop = directory.listen(({ type, id }) => {
      if (type === 'removed') this.#paces.delete(id);
    });
  }

  refresh(id: string): void {
    this.#feed.refresh(id);
  }

  close(): void {
    this.#stop();
    this.#feed.close();
    this.#rests.close();
  }

  #wanted(device: LiveDevice) {
    const { id, sending } = device;
    const { interest, guard } = this.#parts;
    const pace = samplePace(sending.settings, {
      isWatched: interest.wants('stats', id),
      isGuarded: guard.needsSamples(id),
      isResting: this.#rests.isResting(device),
    });
    if (!pace) return null;
    this.#paces.set(id, pace);
    const programs = guard.programs(id);
    return { operation: 'sample', intervalMs: pace.intervalMs, ...(programs && { programs }) };
  }

  #received(id: string, sample: StatsSample): void {
    const { directory, history } = this.#parts;
    const link = directory.get(id).interactive;
    const { intervalMs = 0, isKept = false } = this.#paces.get(id) ?? {};
    if (isKept) history.record(id, sample, { at: performance.now(), intervalMs, link });
    directory.sampled(id, sample);
  }
}

/** What people look at more closely themselves. The samples of the hub are not theirs to open; looking is no event for the log. */
export const statsHooks: ChannelHooks = {
  logged: () => undefined,
  opening({ params }) {
    if (params.operation === 'sample') throw new PortholeError('feature.unsupported');
  },
  closed: () => undefined,
};

function parseSample(payload: Uint8Array): StatsSample {
  if (payload.byteLength > MAX_SAMPLE) throw new WireError('stats sample too large');
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
