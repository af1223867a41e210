import {
  type CommandMessage,
  commandAsk,
  decodeCommandMessage,
  encodeCommandMessage,
  PortholeError,
} from '@porthole/protocol';
import type { ChannelListener, FeatureHandler, HostChannel } from '../../base/channelHost.ts';
import type { Programs } from '../../platform/programs/programs.ts';
import { type CommandLaunch, commandLaunch } from './commandLaunch.ts';
import { RunningCommand } from './runningCommand.ts';

/** How long a channel may stay open without its question, in ms. */
const QUESTION_MS = 10_000;
/** How long a program has to end by itself when the agent ends, in ms. */
const LAST_GRACE_MS = 500;

/** Programs that the hub runs here on behalf of users, one for each channel. */
export class CommandsFeature implements FeatureHandler {
  readonly #programs: Programs;
  readonly #exchanges = new Set<CommandExchange>();

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  open(channel: HostChannel): ChannelListener {
    const exchange = new CommandExchange(channel, this.#programs);
    this.#exchanges.add(exchange);
    channel.accept();
    return {
      message: (payload) => exchange.receive(payload),
      closed: () => void exchange.close().finally(() => this.#exchanges.delete(exchange)),
    };
  }

  /** Ends every command; resolves when nothing runs any more. */
  async close(): Promise<void> {
    await Promise.all([...this.#exchanges].map((exchange) => exchange.close(LAST_GRACE_MS)));
  }
}

/** One channel: what it asks, the program that answers. */
class CommandExchange {
  readonly #channel: HostChannel;
  readonly #programs: Programs;
  readonly #timer: NodeJS.Timeout;
  #launch: CommandLaunch | undefined;
  #command: RunningCommand | undefined;
  #isClosed = false;
  /** What waits for credit goes out one after the other. */
  #sending: Promise<void> = Promise.resolve();

  constructor(channel: HostChannel, programs: Programs) {
    this.#channel = channel;
    this.#programs = programs;
    this.#timer = setTimeout(() => channel.close('request.invalid'), QUESTION_MS);
  }

  /** A message of the hub; resolves when it may send more. */
  receive(payload: Uint8Array): void | Promise<void> {
    const message = decodeCommandMessage(payload);
    if (message.type === 'ask') return this.#begin(message.json);
    if (!this.#command) throw new PortholeError('message.invalid');
    if (message.type === 'input') return this.#command.write(message.bytes);
    if (message.type === 'inputEnd') return this.#command.endInput();
    throw new PortholeError('message.invalid');
  }

  /** Ends the program and what it started; resolves when all of it is gone. */
  async close(graceMs?: number): Promise<void> {
    clearTimeout(this.#timer);
    this.#isClosed = true;
    // Whatever waits for credit finds out.
    this.#channel.credit.grant(0);
    await this.#command?.close(graceMs);
    this.#launch?.remove();
  }

  #begin(json: unknown): void {
    clearTimeout(this.#timer);
    const ask = commandAsk.safeParse(json);
    if (!ask.success || this.#command) throw new PortholeError('request.invalid');
    this.#launch = commandLaunch(ask.data, this.#programs);
    const { launch } = this.#launch;
    this.#command = new RunningCommand(launch, ask.data.timeoutMs, this.#programs, {
      started: () => void this.#send({ type: 'started' }),
      output: (type, bytes) => this.#send({ type, bytes }),
      ended: (end) => {
        this.#launch?.remove();
        void this.#send({ type: 'done', json: end });
      },
      failed: ({ code }) => this.#channel.close(code),
    });
  }

  #send(message: CommandMessage): Promise<void> {
    const payload = encodeCommandMessage(message);
    this.#sending = this.#sending.then(() => this.#sendNow(payload));
    return this.#sending;
  }

  async #sendNow(payload: Uint8Array): Promise<void> {
    while (!this.#isClosed && !this.#channel.credit.take(payload.byteLength)) await this.#channel.credit.granted();
    if (!this.#isClosed) this.#channel.send(payload);
  }
}
