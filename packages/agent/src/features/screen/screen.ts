import { GROUP_BIT, type ScreenParams } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import type { ScreenOutput, ScreenProcess } from './screenProcess.ts';

/** The screen's channels: viewers of the same form a group, and what the screen process makes goes out once for all. */
export class ScreenFeature implements FeatureHandler, ScreenOutput {
  readonly #process: () => ScreenProcess;
  readonly #channels = new Map<number, HostChannel>();
  readonly #groups = new Map<string, number>();

  /** `process` is asked for lazily: it needs this feature as its output. */
  constructor(process: () => ScreenProcess) {
    this.#process = process;
  }

  open(channel: HostChannel): ChannelListener {
    const { monitor, shrink } = channel.params as ScreenParams;
    const group = this.#groupOf(`${shrink} ${monitor}`);
    const host = this.#process();
    this.#channels.set(channel.id, channel);
    channel.accept();
    host.join({ channel: channel.id, viewer: channel.viewer, group, monitor, shrink });
    return {
      message: (bytes) => host.receive(channel.id, bytes),
      lagged: () => host.lagged(channel.id),
      closed: () => {
        this.#channels.delete(channel.id);
        host.leave(channel.id);
      },
    };
  }

  toChannel(channel: number, sync: boolean, bytes: Uint8Array): void {
    this.#channels.get(channel)?.send(bytes, sync);
  }

  toGroup(group: number, sync: boolean, bytes: Uint8Array): void {
    const [any] = this.#channels.values();
    any?.sendGroup(group, bytes, sync);
  }

  regroup(channel: number, group: number | null): void {
    this.#channels.get(channel)?.join(group);
  }

  #groupOf(view: string): number {
    const known = this.#groups.get(view);
    if (known !== undefined) return known;
    const group = (GROUP_BIT | (this.#groups.size + 1)) >>> 0;
    this.#groups.set(view, group);
    return group;
  }
}
