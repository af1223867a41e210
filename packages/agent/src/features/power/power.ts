import { PortholeError, type PowerParams } from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import type { PowerBackend } from './backend.ts';
import { Ids } from './ids.ts';
import { wake } from './wake.ts';

/** What may be done to this machine and to what runs on it; each channel is one act, and no act is done twice. */
export class PowerFeature implements FeatureHandler {
  readonly #backend: PowerBackend;
  readonly #ids = new Ids();

  constructor(backend: PowerBackend) {
    this.#backend = backend;
  }

  open(channel: HostChannel): ChannelListener {
    const params = channel.params as PowerParams;
    let isOpen = true;
    const answer = (end: () => void) => isOpen && end();
    this.#ids
      .once(params.id, () => this.#act(params))
      .then(
        () =>
          answer(() => {
            channel.accept();
            channel.close('channel.closed');
          }),
        (error: unknown) => answer(() => channel.close(error instanceof PortholeError ? error.code : 'power.failed')),
      );
    return {
      message: () => undefined,
      closed: () => {
        isOpen = false;
      },
    };
  }

  #act(params: PowerParams): Promise<void> {
    switch (params.action) {
      case 'end':
      case 'kill':
        return this.#backend.end(params, { kill: params.action === 'kill', self: params.self });
      case 'wake':
        return wake(params.mac);
      default:
        return this.#backend.act(params.action);
    }
  }
}
