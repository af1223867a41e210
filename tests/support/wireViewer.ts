import { once } from 'node:events';
import {
  decodeFrame,
  decodeScreen,
  encodeCredit,
  encodeData,
  encodeScreenReply,
  type fromPortal,
  type MessageOf,
  PATHS,
  parseMessage,
  type ScreenMessage,
  type ScreenUpdate,
  type ScreenWishes,
  toPortal,
} from '@porthole/protocol';
import { WebSocket } from 'ws';
import { LossyCredit } from '../../packages/portal/src/base/lossyCredit.ts';
import { Answers } from '../../packages/portal/src/features/screen/render/answers.ts';
import type { ApiClient } from './apiClient.ts';
import { eventually } from './eventually.ts';

const CHANNEL = 1;

/**
 * A viewer of one device's screen without a browser, over the real wire protocol. It answers as the portal
 * does and draws nothing; `stall()` makes it stop reading with its socket open.
 */
export class WireViewer implements Disposable {
  /** Pictures completed so far. */
  pictures = 0;
  /** Payload bytes of the screen received so far. */
  bytes = 0;
  /** Why the hub closed the channel, if it did. */
  closedBy: string | undefined;
  readonly #socket: WebSocket;
  readonly #onMessage: (message: ScreenMessage) => void;
  readonly #credit = new LossyCredit((bytes) => this.#socket.send(encodeCredit(CHANNEL, bytes)));
  readonly #answers = new Answers((ack) => this.#socket.send(encodeData(CHANNEL, encodeScreenReply(ack))));
  #opened = false;

  private constructor(socket: WebSocket, onMessage: (message: ScreenMessage) => void) {
    this.#socket = socket;
    this.#onMessage = onMessage;
  }

  /** Opens the screen of `device` as the user that `api` is signed in as. Resolves when hub and agent agreed. */
  static async open(api: ApiClient, device: string, onMessage: (m: ScreenMessage) => void = () => undefined) {
    const socket = openPortalSocket(api);
    const viewer = new WireViewer(socket, onMessage);
    const [welcome] = await once(socket, 'message');
    const message = parseMessage(toPortal, String(welcome));
    if (message.type !== 'welcome') throw new Error(`expected a welcome, not ${message.type}`);
    socket.on('message', (data: Buffer, isBinary) => (isBinary ? viewer.#frame(data) : viewer.#control(String(data))));
    const path = `${PATHS.devices}/${device}/tickets`;
    const { ticket } = await api.post<{ ticket: string }>(path, { feature: 'screen', viewer: message.viewer });
    viewer.#send({ type: 'channel.open', channel: CHANNEL, ticket, params: { monitor: '' } });
    await eventually('the screen channel opens', () => viewer.#opened);
    return viewer;
  }

  stall(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Says what it wants to see. */
  wish(wishes: ScreenWishes): void {
    this.#socket.send(encodeData(CHANNEL, encodeScreenReply({ type: 'wish', wishes })));
  }

  close(): void {
    this.#credit.close();
    this.#answers.reset();
    this.#socket.terminate();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #send(message: MessageOf<typeof fromPortal>): void {
    this.#socket.send(JSON.stringify(message));
  }

  #control(text: string): void {
    const message = parseMessage(toPortal, text);
    if (message.type === 'channel.opened') this.#opened = true;
    if (message.type === 'channel.closed') this.closedBy = message.code;
  }

  #frame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame.type !== 'data') return;
    this.bytes += frame.payload.byteLength;
    this.#credit.consume(frame.payload.byteLength);
    const message = decodeScreen(frame.payload);
    if (message.type === 'update') this.#updated(message);
    this.#onMessage(message);
  }

  #updated({ seq, last, delayAck }: ScreenUpdate): void {
    if (!last) return;
    this.pictures += 1;
    this.#answers.painted({ seq, decodeMs: 0, paintMs: 0 }, delayAck);
  }
}

/** The portal's socket to the hub, with the origin and the cookie that a page would send. */
export function openPortalSocket(api: ApiClient): WebSocket {
  const url = new URL(PATHS.portalSocket, api.url);
  const { origin } = url;
  url.protocol = 'wss:';
  return new WebSocket(url, { origin, headers: { cookie: api.cookie }, rejectUnauthorized: false });
}
