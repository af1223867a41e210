import {
  decodeFromTerminal,
  encodeToTerminal,
  type FromTerminal,
  PATHS,
  type TerminalAsk,
  type TerminalOperation,
  type TerminalSession,
  terminalList,
  ticket,
  WireError,
} from '@porthole/protocol';
import { Failure, UsageError } from '../remote/failure.ts';
import type { HubClient } from '../remote/hubClient.ts';
import type { PortalChannel, PortalSocket } from './portalSocket.ts';

/** One page's way to the terminals of a device. */
export interface TerminalCalls {
  client: HubClient;
  socket: PortalSocket;
  device: string;
}

export interface TerminalEvents {
  /** `size` is to be given back with `consumed` once the message is dealt with. */
  message(message: FromTerminal, size: number): void;
  closed(reason: Failure): void;
}

/** Asks one question; what comes is told to `events`. Throws `Failure`. */
export async function openTerminal<Operation extends TerminalOperation>(
  { client, socket, device }: TerminalCalls,
  { operation, ask }: { operation: Operation; ask: TerminalAsk<Operation> },
  events: TerminalEvents,
): Promise<PortalChannel> {
  const body = { feature: 'terminal', viewer: await socket.viewer };
  const right = await client.ask('POST', `${PATHS.devices}/${device}/tickets`, ticket, { body });
  const channel: PortalChannel = socket.openTerminal(
    right.ticket,
    { operation },
    {
      closed: events.closed,
      message: (payload) => {
        try {
          events.message(decodeFromTerminal(payload), payload.byteLength);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
          channel.close();
          events.closed(new Failure('The device said something that makes no sense.'));
        }
      },
    },
  );
  await channel.send(encodeToTerminal({ type: 'ask', json: ask }));
  return channel;
}

/** The session of that name or id; undefined when there is none. Throws `UsageError` when there are several. */
export async function findSession(calls: TerminalCalls, named: string): Promise<TerminalSession | undefined> {
  const list = Promise.withResolvers<unknown>();
  const channel = await openTerminal(
    calls,
    { operation: 'list', ask: {} },
    {
      closed: list.reject,
      message: (message) => {
        if (message.type === 'item') list.resolve(message.json);
      },
    },
  );
  try {
    const { sessions } = terminalList.parse(await list.promise);
    const found = sessions.filter(({ id, name }) => id === named || name === named);
    if (found.length > 1) throw new UsageError(`Several sessions are called '${named}'; use the id of one.`);
    return found[0];
  } finally {
    channel.close();
  }
}
