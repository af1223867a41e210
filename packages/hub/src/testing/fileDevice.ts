import {
  Credit,
  CreditLedger,
  decodeFileMessage,
  ERRORS,
  type ErrorCode,
  encodeCredit,
  encodeData,
  encodeFileMessage,
  type FileMessage,
  type FileOperation,
  type Frame,
  windowOf,
} from '@porthole/protocol';
import type { FromHub } from '../base/relay/linkSocket.ts';
import type { DeviceDirectory } from '../devices/directory.ts';
import { FakeAgent } from './fakeAgent.ts';

/** A device of a test's own: answers questions about files as it is told to, within the credit that it is granted. */
export class FileDevice {
  readonly id: string;
  /** Every channel so far, the oldest first. */
  readonly channels: DeviceChannel[] = [];
  /** What is done with each; a rejection closes the channel with its message as code. */
  serve: (channel: DeviceChannel) => Promise<unknown> = async () => undefined;
  readonly #agent: FakeAgent;

  constructor(directory: DeviceDirectory, id: string) {
    this.id = id;
    this.#agent = new FakeAgent(
      directory,
      { id },
      { control: (message) => this.#control(message), frame: (frame) => this.#received(frame) },
    );
    this.#agent.connect();
  }

  /** Its connection breaks. */
  drop(): void {
    for (const channel of this.channels) channel.isClosed = true;
    this.#agent.drop();
  }

  announce(): void {
    this.#agent.announce();
  }

  comeBack(): void {
    this.#agent.connect();
  }

  /** What a device says on its connection, as the hub hears it. */
  say(message: object): void {
    this.#agent.say(message);
  }

  frame(frame: Uint8Array): void {
    this.#agent.frame(frame);
  }

  #control(message: FromHub): void {
    if (message.type === 'channel.open' && 'grant' in message) {
      const { channel: id, user } = message.grant;
      this.channels.push(new DeviceChannel(this, id, { operation: message.params.operation as FileOperation, user }));
    } else if (message.type === 'channel.close') {
      const channel = this.channels.findLast(({ id }) => id === message.channel);
      if (channel) channel.closed();
    }
  }

  #received(frame: Frame): void {
    const channel = this.channels.findLast(({ id }) => id === frame.channel);
    if (!channel || channel.isClosed) return;
    if (frame.type === 'credit') channel.granted(frame.bytes);
    else channel.received(decodeFileMessage(frame.payload), frame.payload.byteLength);
  }
}

/** One question, from the device's side. */
export class DeviceChannel {
  readonly id: number;
  readonly operation: FileOperation;
  readonly user: string;
  /** The question; null until it came. */
  ask: Record<string, unknown> | null = null;
  isClosed = false;
  /** Bytes of content that were sent so far, and that were received. */
  sent = 0;
  got = 0;
  readonly #device: FileDevice;
  readonly #credit = new Credit(windowOf('files'));
  readonly #ledger = new CreditLedger(windowOf('files'));
  readonly #inbox: { message: FileMessage; size: number }[] = [];
  #wake: () => void = () => undefined;

  constructor(device: FileDevice, id: number, { operation, user }: { operation: FileOperation; user: string }) {
    this.#device = device;
    this.id = id;
    this.operation = operation;
    this.user = user;
  }

  async item(json: unknown): Promise<void> {
    await this.#send({ type: 'item', json });
  }

  async bytes(bytes: Uint8Array): Promise<void> {
    await this.#send({ type: 'bytes', bytes });
    this.sent += bytes.byteLength;
  }

  async done(json: unknown): Promise<void> {
    await this.#send({ type: 'done', json });
  }

  /** Something that no honest device would send. */
  raw(payload: Uint8Array): void {
    this.#device.frame(encodeData(this.id, payload));
  }

  /** Allows more than the window. */
  grantTooMuch(): void {
    this.#device.frame(encodeCredit(this.id, windowOf('files') + 1));
  }

  close(code: ErrorCode): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#device.say({ type: 'channel.closed', channel: this.id, code, message: ERRORS[code].message });
  }

  /** The next message; undefined once the hub has closed the channel. */
  async next(): Promise<FileMessage | undefined> {
    for (;;) {
      const arrived = this.#inbox.shift();
      if (arrived) {
        const grant = this.#ledger.consume(arrived.size);
        if (grant > 0) this.#device.frame(encodeCredit(this.id, grant));
        if (arrived.message.type === 'bytes') this.got += arrived.message.bytes.byteLength;
        return arrived.message;
      }
      if (this.isClosed) return undefined;
      await this.#woken();
    }
  }

  /** Takes all content; undefined when the hub closed the channel before it said that this was all. */
  async content(): Promise<Buffer | undefined> {
    const parts: Uint8Array[] = [];
    for (let message = await this.next(); message; message = await this.next()) {
      if (message.type === 'done') return Buffer.concat(parts);
      if (message.type === 'bytes') parts.push(message.bytes);
    }
    return undefined;
  }

  received(message: FileMessage, size: number): void {
    if (this.ask) this.#inbox.push({ message, size });
    else if (message.type === 'item') {
      this.ask = message.json as Record<string, unknown>;
      this.#ledger.consume(size);
      this.#device.serve(this).catch((error: Error) => this.close(error.message as ErrorCode));
    }
    this.#wake();
  }

  granted(bytes: number): void {
    this.#credit.grant(bytes);
  }

  closed(): void {
    this.isClosed = true;
    this.#wake();
    this.#credit.grant(0);
  }

  async #send(message: FileMessage): Promise<void> {
    const payload = encodeFileMessage(message);
    while (!this.isClosed && !this.#credit.take(payload.byteLength)) await this.#credit.granted();
    if (!this.isClosed) this.raw(payload);
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
