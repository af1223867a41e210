import {
  type ErrorCode,
  encodeFromTerminal,
  type FromTerminal,
  TERMINAL_CHUNK,
  TERMINAL_OUTPUT,
  type TerminalSize,
  windowOf,
} from '@porthole/protocol';
import { characterEnd } from './characterEnd.ts';
import type { PtyHostChannel } from './hostMessages.ts';
import type { ScreenPicture } from './screen/screen.ts';
import { isBack, type Pace, paceOf } from './viewerPace.ts';

const HEAD = TERMINAL_OUTPUT.byteLength;

/** How a channel reaches its viewer. */
export interface ChannelCarrier {
  /** One message of the channel's protocol; the bytes may be used again afterwards. */
  send(channel: number, payload: Uint8Array): void;
  close(channel: number, code: ErrorCode): void;
  hold(channel: number, isHeld: boolean): void;
}

/** Output as one message: its bytes stand behind the head that the protocol asks for. */
export type OutputMessage = Uint8Array;

/** Output bytes with the head in front, copied once for all viewers. */
export function outputMessage(pieces: readonly Uint8Array[]): OutputMessage {
  return Buffer.concat([TERMINAL_OUTPUT, ...pieces]);
}

interface Entry {
  /** A whole message. */
  payload: Uint8Array;
  /** It may be sent in parts. */
  isOutput: boolean;
}

/** One open channel, and what waits for its credit. Everything goes out in order, but for items, of which the latest counts. */
export class Viewer {
  readonly channel: number;
  readonly viewer: string;
  readonly user: string;
  readonly types: boolean;
  readonly #carrier: ChannelCarrier;
  readonly #window = windowOf('terminal');
  #credit: number;
  #queue: Entry[] = [];
  /** Bytes of output in the queue, and of those what is left of a picture. */
  #bytes = 0;
  #picture = 0;
  #item: Uint8Array | undefined;
  /** It gets nothing until it is shown the screen. */
  #isBehind = true;
  #quietSince = performance.now();
  #isDone = false;

  constructor({ channel, viewer, user, operation, credit }: PtyHostChannel, carrier: ChannelCarrier) {
    this.channel = channel;
    this.viewer = viewer;
    this.user = user;
    this.types = operation === 'open' || operation === 'attach';
    this.#credit = credit;
    this.#carrier = carrier;
  }

  /** `now` as of `performance.now()`. */
  pace(now: number): Pace {
    if (this.#isBehind) return 'behind';
    const pace = paceOf({ bytes: this.#bytes, picture: this.#picture, idleMs: now - this.#quietSince });
    if (pace === 'behind') this.#fallBehind();
    return pace;
  }

  /** Whether somebody who is behind may be shown the screen. */
  get isBack(): boolean {
    return this.#isBehind && isBack(this.#credit, this.#window);
  }

  granted(bytes: number): void {
    this.#credit += bytes;
    this.#quietSince = performance.now();
    this.#drain();
  }

  output(message: OutputMessage): void {
    if (this.#isBehind || this.#isDone) return;
    this.#push({ payload: message, isOutput: true });
  }

  size(size: TerminalSize): void {
    if (!this.#isBehind) this.#say({ type: 'size', size });
  }

  /** Begins anew with the screen as it is. */
  show({ size, steps }: ScreenPicture): void {
    this.#forget();
    this.#isBehind = false;
    this.#say({ type: 'screen', size });
    for (const step of steps) {
      if (step instanceof Uint8Array) this.#pushOutput(step);
      else this.#say({ type: 'size', size: step });
    }
    this.#picture = this.#bytes;
    this.#say({ type: 'ready' });
  }

  /** What is known of the session, or all of them: the latest is sent as soon as there is credit. */
  item(json: unknown): void {
    this.#item = encodeFromTerminal({ type: 'item', json });
    this.#drain();
  }

  /** Bytes of an answer that is not the stream of a session. */
  content(bytes: Uint8Array): void {
    this.#pushOutput(bytes);
  }

  /** Bytes that wait for credit. */
  get waiting(): number {
    return this.#bytes;
  }

  /** The last word, after everything that waits; whoever is behind gets it at once. */
  done(json: unknown): void {
    this.#isBehind = false;
    this.#say({ type: 'done', json });
    this.#isDone = true;
  }

  refuse(code: ErrorCode): void {
    this.#forget();
    this.#isDone = true;
    this.#carrier.close(this.channel, code);
  }

  hold(isHeld: boolean): void {
    this.#carrier.hold(this.channel, isHeld);
  }

  #say(message: FromTerminal): void {
    if (!this.#isDone) this.#push({ payload: encodeFromTerminal(message), isOutput: false });
  }

  #pushOutput(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength; ) {
      const end = characterEnd(bytes, Math.min(bytes.byteLength, at + TERMINAL_CHUNK));
      this.#push({ payload: outputMessage([bytes.subarray(at, end)]), isOutput: true });
      at = end;
    }
  }

  #push(entry: Entry): void {
    if (this.#queue.length === 0 && this.#take(entry.payload.byteLength)) {
      return this.#carrier.send(this.channel, entry.payload);
    }
    if (this.#queue.length === 0) this.#quietSince = performance.now();
    this.#queue.push(entry);
    if (entry.isOutput) this.#bytes += entry.payload.byteLength - HEAD;
    this.#drain();
  }

  #drain(): void {
    if (this.#item && this.#take(this.#item.byteLength)) {
      this.#carrier.send(this.channel, this.#item);
      this.#item = undefined;
    }
    for (let first = this.#queue[0]; first; first = this.#queue[0]) {
      if (!this.#sendSome(first)) return;
    }
  }

  /** False when the credit is not enough for it; of output, what there is credit for goes all the same. */
  #sendSome(entry: Entry): boolean {
    const { payload, isOutput } = entry;
    if (this.#take(payload.byteLength)) {
      this.#queue.shift();
      if (isOutput) this.#sent(payload.byteLength - HEAD);
      this.#carrier.send(this.channel, payload);
      return true;
    }
    const room = isOutput ? characterEnd(payload, Math.max(HEAD, this.#credit)) - HEAD : 0;
    if (room <= 0) return false;
    this.#credit -= HEAD + room;
    this.#sent(room);
    this.#carrier.send(this.channel, payload.subarray(0, HEAD + room));
    // The messages are shared, so the rest is a new one.
    entry.payload = outputMessage([payload.subarray(HEAD + room)]);
    return false;
  }

  #sent(bytes: number): void {
    this.#bytes -= bytes;
    this.#picture = Math.max(0, this.#picture - bytes);
  }

  #take(bytes: number): boolean {
    if (bytes > this.#credit) return false;
    this.#credit -= bytes;
    return true;
  }

  #fallBehind(): void {
    this.#forget();
    this.#isBehind = true;
  }

  #forget(): void {
    this.#queue = [];
    this.#bytes = 0;
    this.#picture = 0;
  }
}
