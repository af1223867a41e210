import { isDeepStrictEqual } from 'node:util';
import { type ErrorCode, FEATURES, type FeatureName, FRAME_HEADER, PortholeError, WireError } from '@porthole/protocol';
import type { AgentChannel, ChannelSink } from '../base/relay/agentChannel.ts';
import type { DeviceDirectory } from './directory.ts';
import type { LiveDevice } from './liveDevice.ts';

type Params = Record<string, string | number | boolean>;

export interface FeedOptions {
  directory: DeviceDirectory;
  feature: FeatureName;
  /** What the hub wants of a device right now; null is nothing at all. Asked again whenever the device changes. */
  wanted: (device: LiveDevice) => Params | null;
  /** One message of a device; a thrown `WireError` ends the feed of that device until it connects again. */
  received: (id: string, payload: Uint8Array) => void;
  /** The device ended its channel. */
  closed?: (id: string, code: ErrorCode) => void;
}

interface Open {
  channel: AgentChannel;
  params: Params;
}

/** Channels that the hub itself holds to devices, for what it keeps of each: opened while wanted, closed when not. */
export class DeviceFeed {
  readonly #options: FeedOptions;
  readonly #open = new Map<string, Open>();
  readonly #spoilt = new WeakSet<object>();
  readonly #stop: () => void;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#stop = options.directory.listen((event) => {
      if (event.type === 'changed') this.refresh(event.id);
    });
  }

  /** Opens, closes or changes the channel to one device as wanted now. */
  refresh(id: string): void {
    const { directory, feature, wanted } = this.#options;
    const device = directory.find(id);
    const link = device?.link(FEATURES[feature].link);
    const usable = device && link && !this.#spoilt.has(link) && device.toggles[feature];
    const params = usable ? wanted(device) : null;
    const open = this.#open.get(id);
    if (isDeepStrictEqual(open?.params ?? null, params)) return;
    this.#open.delete(id);
    open?.channel.close('channel.closed');
    if (!params || !link) return;
    const channel = link.open({ feature, params, viewer: 'hub', user: 'hub' }, this.#sink(id, link));
    this.#open.set(id, { channel, params });
  }

  close(): void {
    this.#stop();
    for (const { channel } of this.#open.values()) channel.close('channel.closed');
    this.#open.clear();
  }

  #sink(id: string, link: object): ChannelSink {
    return {
      opened: () => undefined,
      credit: () => undefined,
      data: (frame) => this.#received(id, link, frame),
      // A toggle opens it again by itself; for any other reason, asking the same connection again would only repeat it.
      closed: (code) => {
        this.#open.delete(id);
        if (code !== 'feature.off') this.#spoilt.add(link);
        this.#options.closed?.(id, code);
      },
    };
  }

  #received(id: string, link: object, frame: Uint8Array): void {
    try {
      this.#options.received(id, frame.subarray(FRAME_HEADER));
    } catch (error) {
      if (!(error instanceof WireError || error instanceof PortholeError)) throw error;
      this.#spoilt.add(link);
      this.#open.get(id)?.channel.close('message.invalid');
      this.#open.delete(id);
    }
  }
}
