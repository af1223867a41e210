import {
  type CommandAsk,
  type CommandEnd,
  type CommandMessage,
  CreditLedger,
  decodeCommandMessage,
  decodeFrame,
  type ErrorCode,
  encodeCommandMessage,
  windowOf,
} from '@porthole/protocol';
import { type ChannelListener, HostChannel } from '../base/channelHost.ts';
import type { CommandsFeature } from '../features/commands/commands.ts';

/** One channel of commands as the hub sees it. */
export class CommandCall {
  /** The end, or the code that closed the channel. */
  readonly over: Promise<CommandEnd | ErrorCode>;
  stdout = '';
  stderr = '';
  received = 0;
  /** Resolves when the program runs. */
  readonly started: Promise<void>;
  readonly #listener: ChannelListener;
  readonly #channel: HostChannel;
  readonly #ledger = new CreditLedger(windowOf('commands'));
  readonly #over = Promise.withResolvers<CommandEnd | ErrorCode>();
  readonly #started = Promise.withResolvers<void>();

  /** @param grants whether what arrives is granted. */
  constructor(feature: CommandsFeature, ask: CommandAsk, grants = true) {
    this.over = this.#over.promise;
    this.started = this.#started.promise;
    const grant = {
      ...{ channel: 1, feature: 'commands', viewer: 'v', user: 'ann', device: '', issued: 0, nonce: '', signature: '' },
      feature: 'commands',
    } as const;
    const carrier = {
      send: () => undefined,
      sendFrame: (frame: Uint8Array) => this.#received(Uint8Array.from(frame), grants),
    };
    this.#channel = new HostChannel(grant, {}, carrier, (code) => {
      this.#over.resolve(code);
      this.close();
    });
    this.#listener = feature.open(this.#channel);
    try {
      void this.send({ type: 'ask', json: ask });
    } catch (error) {
      this.#over.resolve((error as { code: ErrorCode }).code);
    }
  }

  send(message: CommandMessage): void | Promise<void> {
    return this.#listener.message(encodeCommandMessage(message));
  }

  close(): void {
    this.#listener.closed();
  }

  #received(frame: Uint8Array, grants: boolean): void {
    const decoded = decodeFrame(frame);
    if (decoded.type !== 'data') return;
    const message = decodeCommandMessage(decoded.payload);
    if (message.type === 'stdout' || message.type === 'stderr') {
      this.received += message.bytes.byteLength;
      if (this.received < 1_000_000) this[message.type] += Buffer.from(message.bytes).toString();
    }
    if (message.type === 'started') this.#started.resolve();
    if (message.type === 'done') this.#over.resolve(message.json as CommandEnd);
    const granted = grants ? this.#ledger.consume(decoded.payload.byteLength) : 0;
    if (granted > 0) setImmediate(() => this.#channel.credit.grant(granted));
  }
}
