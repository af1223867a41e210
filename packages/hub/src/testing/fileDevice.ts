import {
  Credit,
  CreditLedger,
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_TERMINAL_SETTINGS,
  decodeFileMessage,
  decodeFrame,
  ERRORS,
  type ErrorCode,
  encodeCredit,
  encodeData,
  encodeFileMessage,
  FEATURE_NAMES,
  type FileMessage,
  type FileOperation,
  type Toggles,
  windowOf,
} from '@porthole/protocol';
import { AgentLink } from '../base/agentLink/agentLink.ts';
import type { FromHub, LinkSocket } from '../base/relay/linkSocket.ts';
import type { DeviceDirectory } from '../devices/directory.ts';

/** A device of a test's own: answers questions about files as it is told to, within the credit that it is granted. */
export class FileDevice {
  readonly id: string;
  /** Every channel so far, the oldest first. */
  readonly channels: DeviceChannel[] = [];
  /** What is done with each; a rejection closes the channel with its message as code. */
  serve: (channel: DeviceChannel) => Promise<unknown> = async () => undefined;
  readonly #directory: DeviceDirectory;
  #link: AgentLink;

  constructor(directory: DeviceDirectory, id: string) {
    this.id = id;
    this.#directory = directory;
    const toggles = Object.fromEntries(FEATURE_NAMES.map((name) => [name, true])) as Toggles;
    const description = { hostname: '', system: '', architecture: '', version: '' };
    const times = { lastSeen: 0, createdAt: 0 };
    const shown = { stats: null, thumbnail: null };
    const settings = { screenSettings: DEFAULT_SCREEN_SETTINGS, terminalSettings: DEFAULT_TERMINAL_SETTINGS };
    directory.enrolled({ id, publicKey: '', name: id, description, toggles, ...shown, ...settings, ...times });
    this.#link = this.#connect();
  }

  /** Its connection breaks. */
  drop(): void {
    const device = this.#directory.get(this.id);
    device.bulk = undefined;
    device.interactive = undefined;
    for (const channel of this.channels) channel.isClosed = true;
    this.#link.ended();
  }

  comeBack(): void {
    this.#link = this.#connect();
    this.#directory.changed(this.id);
  }

  /** What a device says on its connection, as the hub hears it. */
  say(message: object): void {
    this.#link.receivedText(JSON.stringify(message));
  }

  frame(frame: Uint8Array): void {
    this.#link.receivedFrame(decodeFrame(frame), frame);
  }

  #connect(): AgentLink {
    const socket = {
      buffered: 0,
      send: (message: FromHub) => this.#control(message),
      sendFrame: (frame: Uint8Array) => setImmediate(() => this.#received(frame)),
      close: () => undefined,
    };
    const link = new AgentLink(socket as unknown as LinkSocket, {
      deviceId: this.id,
      kind: 'bulk',
      binding: 'b',
      sign: () => 's'.repeat(86),
      events: { state: () => undefined },
    });
    const device = this.#directory.get(this.id);
    device.bulk = link;
    device.interactive = link;
    return link;
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

  #received(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
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
