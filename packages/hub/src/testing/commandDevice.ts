import {
  type CommandAsk,
  type CommandMessage,
  Credit,
  CreditLedger,
  decodeCommandMessage,
  ERRORS,
  type ErrorCode,
  encodeCommandMessage,
  encodeCredit,
  encodeData,
  type Frame,
  windowOf,
} from '@porthole/protocol';
import type { FromHub } from '../base/relay/linkSocket.ts';
import type { DeviceDirectory } from '../devices/directory.ts';
import { FakeAgent } from './fakeAgent.ts';

/** A device of a test's own that runs commands as it is told to, within the credit that it is granted. */
export class CommandDevice {
  readonly id: string;
  /** Every command so far, the oldest first. */
  readonly commands: DeviceCommand[] = [];
  /** What is done with each; a rejection closes the channel with its message as code. */
  serve: (command: DeviceCommand) => Promise<unknown> = async (command) => command.end({ code: 0, timedOut: false });
  readonly #agent: FakeAgent;

  constructor(directory: DeviceDirectory, id: string, name = id) {
    this.id = id;
    this.#agent = new FakeAgent(
      directory,
      { id, name },
      { control: (message) => this.#control(message), frame: (frame) => this.#received(frame) },
    );
  }

  connect(): this {
    this.#agent.connect();
    return this;
  }

  /** Its connection breaks. */
  drop(): void {
    for (const command of this.commands) command.isClosed = true;
    this.#agent.drop();
  }

  say(message: object): void {
    this.#agent.say(message);
  }

  frame(frame: Uint8Array): void {
    this.#agent.frame(frame);
  }

  #control(message: FromHub): void {
    if (message.type === 'channel.open' && 'grant' in message) {
      this.commands.push(new DeviceCommand(this, message.grant.channel));
    } else if (message.type === 'channel.close') {
      this.commands.findLast(({ id }) => id === message.channel)?.closed();
    }
  }

  #received(frame: Frame): void {
    const command = this.commands.findLast(({ id }) => id === frame.channel);
    if (!command || command.isClosed) return;
    if (frame.type === 'credit') command.granted(frame.bytes);
    else command.received(decodeCommandMessage(frame.payload), frame.payload.byteLength);
  }
}

/** One command, from the device's side. */
export class DeviceCommand {
  readonly id: number;
  ask: CommandAsk | undefined;
  input = '';
  isClosed = false;
  /** Bytes of output that were sent. */
  sent = 0;
  readonly #device: CommandDevice;
  readonly #credit = new Credit(windowOf('commands'));
  readonly #ledger = new CreditLedger(windowOf('commands'));

  constructor(device: CommandDevice, id: number) {
    this.#device = device;
    this.id = id;
  }

  /** Resolves when the hub allowed it, or closed the channel. */
  async write(text: string | Uint8Array, type: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    await this.#send({ type, bytes });
    this.sent += bytes.byteLength;
  }

  async end(json: unknown): Promise<void> {
    await this.#send({ type: 'done', json });
  }

  /** Something that no honest device would send. */
  raw(payload: Uint8Array): void {
    this.#device.frame(encodeData(this.id, payload));
  }

  close(code: ErrorCode): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#device.say({ type: 'channel.closed', channel: this.id, code, message: ERRORS[code].message });
  }

  received(message: CommandMessage, size: number): void {
    const grant = this.#ledger.consume(size);
    if (grant > 0) this.#device.frame(encodeCredit(this.id, grant));
    if (message.type === 'input') this.input += Buffer.from(message.bytes).toString();
    if (message.type === 'ask') this.ask = message.json as CommandAsk;
    if (message.type !== 'inputEnd') return;
    this.raw(encodeCommandMessage({ type: 'started' }));
    this.#device.serve(this).catch((error: Error) => this.close(error.message as ErrorCode));
  }

  granted(bytes: number): void {
    this.#credit.grant(bytes);
  }

  closed(): void {
    this.isClosed = true;
    this.#credit.grant(0);
  }

  async #send(message: CommandMessage): Promise<void> {
    const payload = encodeCommandMessage(message);
    while (!this.isClosed && !this.#credit.take(payload.byteLength)) await this.#credit.granted();
    if (!this.isClosed) this.raw(payload);
  }
}
