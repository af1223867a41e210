import {
  decodeFromTerminal,
  encodeToTerminal,
  type FromTerminal,
  PortholeError,
  type TerminalAsk,
  type TerminalOperation,
} from '@porthole/protocol';
import type { Api } from '../../base/api.ts';
import type { Channel } from '../../base/channel.ts';
import type { HubLink } from '../../base/link.ts';

/** The way to the terminals of one device. */
export interface TerminalLink {
  deviceId: string;
  api: Pick<Api, 'ticket'>;
  link: Pick<HubLink, 'viewer' | 'openChannel' | 'roundTrip'>;
}

/** What to do with a message of the device; see `MessageListener`. */
export type Hear = (message: FromTerminal) => void | Promise<void>;

/** Opens a channel and asks. Rejects with the `PortholeError` of the refusal. */
export async function openTerminal<Operation extends TerminalOperation>(
  { deviceId, api, link }: TerminalLink,
  operation: Operation,
  ask: TerminalAsk<Operation>,
  hear: Hear,
): Promise<Channel> {
  const ticket = await ticketFor({ deviceId, api, link });
  const message = (bytes: Uint8Array) => hear(decodeFromTerminal(bytes));
  const channel = link.openChannel({ ticket, feature: 'terminal', params: { operation }, message });
  await channel.opened;
  channel.send(encodeToTerminal({ type: 'ask', json: ask }));
  return channel;
}

/** Rejects with `channel.closed` when the connection that it is for is not, or no longer, the one there is. */
async function ticketFor({ deviceId, api, link }: TerminalLink): Promise<string> {
  const { viewer } = link;
  if (viewer === undefined) throw new PortholeError('channel.closed');
  try {
    return await api.ticket(deviceId, 'terminal', viewer);
  } catch (error) {
    // The hub does not know a page whose connection it has lost, which says nothing of the device.
    throw link.viewer === viewer ? error : new PortholeError('channel.closed');
  }
}

/**
 * Asks one question and resolves with its answer as the device said it; `output` gets bytes that come before. Rejects with
 * the `PortholeError` of the refusal, or when the signal ends it.
 */
export async function askTerminal<Operation extends TerminalOperation>(
  link: TerminalLink,
  operation: Operation,
  ask: TerminalAsk<Operation>,
  { output, signal }: { output?: (bytes: Uint8Array) => void; signal?: AbortSignal } = {},
): Promise<unknown> {
  const answer = Promise.withResolvers<unknown>();
  const channel = await openTerminal(link, operation, ask, (message) => {
    if (message.type === 'output') output?.(message.bytes);
    if (message.type === 'done') answer.resolve(message.json);
  });
  const stop = () => channel.close();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  void channel.closed.then((reason) => answer.reject(reason));
  try {
    return await answer.promise;
  } finally {
    signal?.removeEventListener('abort', stop);
    channel.close();
  }
}
