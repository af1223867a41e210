import type { StatsParams } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import { LoadSampler } from './backend.ts';

/** Samples of the device's load, at the pace that the hub asks for. */
export class StatsFeature implements FeatureHandler {
  readonly #sampler = new LoadSampler();

  open(channel: HostChannel): ChannelListener {
    const { intervalMs } = channel.params as StatsParams;
    const send = () => channel.send(Buffer.from(JSON.stringify(this.#sampler.sample())), true);
    channel.accept();
    send();
    const timer = setInterval(send, intervalMs);
    return {
      message: () => undefined,
      lagged: send,
      closed: () => clearInterval(timer),
    };
  }
}
