import { ERRORS, LIMITS, PortholeError, type PowerParams } from '@porthole/protocol';
import type { ChannelRequest } from '../../base/agentLink/agentLink.ts';
import type { AgentChannel, ChannelSink } from '../../base/relay/agentChannel.ts';

/** What one act needs of the device's connection. */
export interface ChannelOpener {
  open(request: ChannelRequest, sink: ChannelSink): AgentChannel;
}

/** Has a device do one thing on behalf of a user. Rejects with what the device says, or `device.timeout` when it says nothing. */
export function powerCall(link: ChannelOpener, params: PowerParams, user: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    channel.close('channel.closed');
    reject(new PortholeError('device.timeout'));
  }, LIMITS.requestMs);
  const channel = link.open(
    { feature: 'power', params, viewer: 'hub', user },
    {
      opened: () => {
        clearTimeout(timer);
        channel.close('channel.closed');
        resolve();
      },
      closed: (code) => {
        clearTimeout(timer);
        reject(new PortholeError(code, ERRORS[code].message));
      },
      data: () => undefined,
      credit: () => undefined,
    },
  );
  return promise;
}
