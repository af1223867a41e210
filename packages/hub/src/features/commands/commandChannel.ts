import {
  COMMAND_CHUNK,
  type CommandAsk,
  type CommandEnd,
  Credit,
  CreditLedger,
  commandEnd,
  decodeCommandMessage,
  ERRORS,
  type ErrorCode,
  encodeCommandMessage,
  FRAME_HEADER,
  LIMITS,
  PortholeError,
  utf8,
  WireError,
  windowOf,
} from '@porthole/protocol';
import type { ChannelRequest } from '../../base/agentLink/agentLink.ts';
import type { AgentChannel, ChannelSink } from '../../base/relay/agentChannel.ts';
import type { OutputStream } from './outputPiece.ts';

/** What a command needs of the device's connection. */
export interface ChannelOpener {
  open(request: ChannelRequest, sink: ChannelSink): AgentChannel;
}

/** What becomes of a command. Exactly one of `done` and `failed` is called, once, unless the channel is closed before. */
export interface CommandEvents {
  /** The bytes are valid during the call only. The device goes on when `size` was given back with `consumed`. */
  output(stream: OutputStream, bytes: Uint8Array, size: number): void;
  done(end: CommandEnd): void;
  failed(code: ErrorCode): void;
}

export interface CommandSpec {
  ask: CommandAsk;
  /** What it reads; nothing when left out. */
  input: string | undefined;
  /** Whom the device is told that it is for. */
  user: string;
}

const WINDOW = windowOf('commands');
const VIEWER = 'hub';
/** The device ends what takes too long; should it not, the hub gives it up after so much more, in ms. */
const GRACE_MS = 60_000;

/** One command on one device: asks for it, hands over its input, and passes on what it writes. */
export class CommandChannel implements ChannelSink {
  readonly #agent: AgentChannel;
  readonly #events: CommandEvents;
  readonly #ledger = new CreditLedger(WINDOW);
  readonly #toHub = new Credit(WINDOW);
  readonly #toDevice = new Credit(WINDOW);
  #timer: NodeJS.Timeout;
  readonly #timeoutMs: number;
  #hasSign = false;
  #isOver = false;

  /** Throws `request.too-large` for a command that no message can hold, `channel.limit` when too much is asked at once. */
  constructor(link: ChannelOpener, { ask, input, user }: CommandSpec, events: CommandEvents) {
    const question = encodeAsk(ask);
    this.#events = events;
    this.#timeoutMs = ask.timeoutMs;
    this.#toDevice.take(question.byteLength);
    this.#agent = link.open({ feature: 'commands', params: {}, viewer: VIEWER, user }, this);
    this.#timer = setTimeout(() => this.#fail('device.timeout'), LIMITS.requestMs);
    this.#agent.send(question);
    void this.#sendInput(utf8(input ?? ''));
  }

  /** So much of what `output` passed on was dealt with. */
  consumed(size: number): void {
    const grant = this.#ledger.consume(size);
    if (grant === 0 || this.#isOver) return;
    this.#toHub.grant(grant);
    this.#agent.credit(grant);
  }

  /** Ends the command and everything it started; no event follows. Idempotent. */
  close(): void {
    if (this.#end()) this.#agent.close('channel.closed');
  }

  opened(): void {
    this.#heard();
  }

  data(frame: Uint8Array): void {
    if (this.#isOver) return;
    this.#heard();
    const payload = frame.subarray(FRAME_HEADER);
    if (!this.#toHub.take(payload.byteLength)) return this.#fail('credit.exceeded');
    try {
      this.#received(payload);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // A device that sends nonsense loses this channel; the connection carries those of others too.
      this.#fail('message.invalid');
    }
  }

  credit(bytes: number): void {
    if (this.#isOver) return;
    this.#heard();
    if (this.#toDevice.available + bytes > WINDOW) this.#fail('credit.exceeded');
    else this.#toDevice.grant(bytes);
  }

  closed(code: ErrorCode): void {
    if (this.#end()) this.#events.failed(code);
  }

  #received(payload: Uint8Array): void {
    const message = decodeCommandMessage(payload);
    switch (message.type) {
      case 'stdout':
      case 'stderr':
        return this.#events.output(message.type, message.bytes, payload.byteLength);
      case 'done': {
        const end = commandEnd.safeParse(message.json);
        if (!end.success) throw new WireError('no end of a command');
        if (!this.#end()) return;
        this.#agent.close('channel.closed');
        return this.#events.done(end.data);
      }
      case 'started':
        return this.consumed(payload.byteLength);
      default:
        throw new WireError('not for the hub');
    }
  }

  async #sendInput(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += COMMAND_CHUNK) {
      await this.#send(encodeCommandMessage({ type: 'input', bytes: bytes.subarray(at, at + COMMAND_CHUNK) }));
    }
    await this.#send(encodeCommandMessage({ type: 'inputEnd' }));
  }

  /** Waits until the device allows it; given up when the command is over. */
  async #send(payload: Uint8Array): Promise<void> {
    while (!this.#isOver) {
      if (this.#toDevice.take(payload.byteLength)) return this.#agent.send(payload);
      await this.#toDevice.granted();
    }
  }

  /** The first sign of life: from now on it has the time of the command. */
  #heard(): void {
    if (this.#hasSign) return;
    this.#hasSign = true;
    clearTimeout(this.#timer);
    // Beyond the longest delay of a timer there would be none at all.
    this.#timer = setTimeout(() => this.#fail('device.timeout'), Math.min(this.#timeoutMs + GRACE_MS, 0x7fff_ffff));
  }

  #fail(code: ErrorCode): void {
    if (!this.#end()) return;
    this.#agent.close('channel.closed');
    this.#events.failed(code);
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#toDevice.grant(0);
    return true;
  }
}

/** Throws `request.too-large` for a command that no message can hold. */
export function encodeAsk(ask: CommandAsk): Uint8Array {
  const question = encodeCommandMessage({ type: 'ask', json: ask });
  if (question.byteLength > Math.min(LIMITS.dataPayload, WINDOW)) {
    throw new PortholeError('request.too-large', ERRORS['request.too-large'].message);
  }
  return question;
}
