import {
  Credit,
  CreditLedger,
  decodeFileMessage,
  type ErrorCode,
  encodeFileMessage,
  FILE_BYTES,
  FILE_CHUNK,
  type FileAsk,
  type FileMessage,
  type FileOperation,
  FRAME_HEADER,
  LIMITS,
  PortholeError,
  WireError,
  windowOf,
} from '@porthole/protocol';
import type { ChannelRequest } from '../../base/agentLink/agentLink.ts';
import type { AgentChannel, ChannelSink } from '../../base/relay/agentChannel.ts';

/** What a file channel needs of the device's connection. */
export interface ChannelOpener {
  /** In ms; undefined while it is not known. */
  readonly shortestRoundTrip: number | undefined;
  open(request: ChannelRequest, sink: ChannelSink): AgentChannel;
}

export interface FileQuestion<Operation extends FileOperation = FileOperation> {
  operation: Operation;
  ask: FileAsk<Operation>;
  /** Whom the device is told that it is for. */
  user: string;
}

const WINDOW = windowOf('files');
/** Up to this round trip, in ms, half of the window keeps a line of 1 Gbit/s busy. */
const NEAR_MS = 4;
/** How the hub names itself where a viewer is expected. */
const VIEWER = 'hub';

/**
 * One question to a device about its files, and the answer. At most a window of it is held here: the device goes on when
 * what came was taken, and so waits for whoever reads at the other end. Call `close()` when done.
 */
export class FileChannel implements ChannelSink {
  /** Resolves when the channel is over, whoever ended it. */
  readonly ended: Promise<void>;
  /** Resolves when the device has given its result, or the channel is over: nothing more need be sent. */
  readonly answered: Promise<void>;
  readonly #link: ChannelOpener;
  readonly #agent: AgentChannel;
  readonly #inbox: { message: FileMessage; size: number }[] = [];
  readonly #ledger = new CreditLedger(WINDOW);
  /** What the device may still send, and what it may still be sent. */
  readonly #toHub = new Credit(WINDOW);
  readonly #toDevice = new Credit(WINDOW);
  readonly #over = Promise.withResolvers<void>();
  readonly #result = Promise.withResolvers<void>();
  readonly #firstSign: NodeJS.Timeout;
  /** Bytes of the message that was handed out last. */
  #inHand = 0;
  #arrived: (() => void) | undefined;
  #failure: PortholeError | undefined;
  #isAnswered = false;

  /** Throws `request.too-large` for a question that no message can hold, `channel.limit` when too much is asked at once. */
  constructor(link: ChannelOpener, { operation, ask, user }: FileQuestion) {
    const question = encodeFileMessage({ type: 'item', json: ask });
    if (question.byteLength > LIMITS.dataPayload) throw new PortholeError('request.too-large');
    this.ended = this.#over.promise;
    this.answered = this.#result.promise;
    this.#toDevice.take(question.byteLength);
    this.#link = link;
    this.#agent = link.open({ feature: 'files', params: { operation }, viewer: VIEWER, user }, this);
    this.#firstSign = setTimeout(() => this.close('device.timeout'), LIMITS.requestMs);
    this.#agent.send(question);
  }

  /** Why the channel is over; undefined while it is not. */
  get failure(): PortholeError | undefined {
    return this.#failure;
  }

  /**
   * The next message; asking for it says that the one before was dealt with, so the device may send as much again. Rejects
   * with the reason when the device, or `close`, ended the channel. One reader at a time.
   */
  async next(): Promise<FileMessage> {
    this.#grant();
    for (;;) {
      const arrived = this.#inbox.shift();
      if (arrived) {
        this.#inHand = arrived.size;
        return arrived.message;
      }
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /**
   * Sends content; resolves when the device has allowed all of it, or has answered and so wants no more. Rejects with the
   * reason when the channel is over.
   */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.byteLength; at += FILE_CHUNK) {
      const piece = bytes.subarray(at, at + FILE_CHUNK);
      if (!(await this.#allowed(FILE_BYTES.byteLength + piece.byteLength))) return;
      this.#agent.sendParts([FILE_BYTES, piece]);
    }
  }

  /** Says that all has been sent. */
  async sendDone(): Promise<void> {
    const message = encodeFileMessage({ type: 'done', json: {} });
    if (await this.#allowed(message.byteLength)) this.#agent.send(message);
  }

  /** Ends the channel for good; `code` is what whoever still reads is told. Idempotent. */
  close(code: ErrorCode = 'channel.closed'): void {
    if (this.#failure) return;
    this.#inbox.length = 0;
    this.#end(new PortholeError(code));
    this.#agent.close('channel.closed');
  }

  opened(): void {
    clearTimeout(this.#firstSign);
  }

  data(frame: Uint8Array): void {
    if (this.#failure) return;
    clearTimeout(this.#firstSign);
    const payload = frame.subarray(FRAME_HEADER);
    if (!this.#toHub.take(payload.byteLength)) return this.close('credit.exceeded');
    try {
      const message = decodeFileMessage(payload);
      this.#inbox.push({ message, size: payload.byteLength });
      if (message.type === 'done') this.#settle();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // A device that sends nonsense loses this channel; the connection carries those of others too.
      return this.close('message.invalid');
    }
    this.#wake();
  }

  credit(bytes: number): void {
    if (this.#failure) return;
    clearTimeout(this.#firstSign);
    if (this.#toDevice.available + bytes > WINDOW) this.close('credit.exceeded');
    else this.#toDevice.grant(bytes);
  }

  closed(code: ErrorCode, message: string): void {
    if (!this.#failure) this.#end(new PortholeError(code, message));
  }

  #grant(): void {
    const grant = this.#ledger.consume(this.#inHand, this.#room);
    this.#inHand = 0;
    if (grant === 0 || this.#failure) return;
    this.#toHub.grant(grant);
    this.#agent.credit(grant);
  }

  /** How far the device may be ahead. What a device near by is ahead beyond need only waits here, and takes up memory. */
  get #room(): number {
    const { shortestRoundTrip = 0 } = this.#link;
    return shortestRoundTrip > NEAR_MS ? WINDOW : WINDOW / 2;
  }

  #end(reason: PortholeError): void {
    clearTimeout(this.#firstSign);
    this.#failure = reason;
    this.#wake();
    this.#settle();
    this.#over.resolve();
  }

  /** Whoever waits to send finds out why it never may. */
  #settle(): void {
    this.#isAnswered = true;
    this.#result.resolve();
    this.#toDevice.grant(0);
  }

  #wake(): void {
    this.#arrived?.();
    this.#arrived = undefined;
  }

  /** False once the device has answered. Throws why the channel is over. */
  async #allowed(bytes: number): Promise<boolean> {
    while (!this.#isAnswered) {
      if (this.#toDevice.take(bytes)) return true;
      await this.#toDevice.granted();
    }
    if (this.#failure) throw this.#failure;
    return false;
  }
}
