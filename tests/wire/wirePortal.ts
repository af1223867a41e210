import { once } from 'node:events';
import {
  decodeFrame,
  encodeCredit,
  encodeData,
  type FeatureName,
  type fromPortal,
  type MessageOf,
  PATHS,
  parseMessage,
  toPortal,
} from '@porthole/protocol';
import type { WebSocket } from 'ws';
import { BufferViewer } from '../screen/bufferViewer.ts';
import type { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { openPortalSocket } from '../support/wireViewer.ts';

export type News = MessageOf<typeof toPortal>;
type NewsOf<Type extends News['type']> = Extract<News, { type: Type }>;

/** One channel of a portal, with everything that came over it. */
export class WireChannel {
  readonly id: number;
  /** What it drew so far, when it shows a screen. */
  readonly screen = new BufferViewer();
  /** Every message so far, when it shows figures. */
  readonly texts: string[] = [];
  isOpen = false;
  /** Why it ended, if it did. */
  closedBy: string | undefined;
  /** Payload bytes so far. */
  bytes = 0;
  /** While set, messages are read from the network, but neither drawn nor acknowledged. */
  isSilent = false;
  readonly #held: Uint8Array[] = [];
  readonly #feature: FeatureName;
  readonly #socket: WebSocket;

  constructor(id: number, feature: FeatureName, socket: WebSocket) {
    this.id = id;
    this.#feature = feature;
    this.#socket = socket;
  }

  send(payload: Uint8Array): void {
    this.#socket.send(encodeData(this.id, payload));
  }

  received(payload: Uint8Array): void {
    this.bytes += payload.byteLength;
    if (this.isSilent) this.#held.push(payload);
    else this.#show(payload);
  }

  /** Does what was left undone while it was silent. */
  speak(): void {
    this.isSilent = false;
    for (const payload of this.#held.splice(0)) this.#show(payload);
  }

  #show(payload: Uint8Array): void {
    if (this.#feature === 'stats') this.texts.push(Buffer.from(payload).toString('utf8'));
    const reply = this.#feature === 'screen' ? this.screen.receive(payload) : undefined;
    this.#socket.send(encodeCredit(this.id, payload.byteLength));
    if (reply) this.send(reply);
  }
}

/** A portal without a browser: one connection of a signed-in user over the real wire, which notes all that it is told. */
export class WirePortal implements Disposable {
  readonly api: ApiClient;
  readonly socket: WebSocket;
  readonly news: News[] = [];
  /** Resolves with the hub's reason once the connection is over. */
  readonly closed: Promise<string>;
  readonly #channels = new Map<number, WireChannel>();
  #next = 1;

  constructor(api: ApiClient) {
    this.api = api;
    this.socket = openPortalSocket(api);
    this.closed = once(this.socket, 'close').then(([, reason]) => String(reason));
    this.socket.on('error', () => this.socket.terminate());
    this.socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.#frame(data) : this.#control(String(data))));
  }

  /** Connects; resolves once the hub has named it. */
  static async open(api: ApiClient): Promise<WirePortal> {
    const portal = new WirePortal(api);
    await portal.told('welcome');
    return portal;
  }

  /** The hub's name for it. */
  get viewer(): string {
    const [welcome] = this.all('welcome');
    return welcome?.viewer ?? '';
  }

  send(message: MessageOf<typeof fromPortal>): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Everything of one type so far. */
  all<Type extends News['type']>(type: Type): NewsOf<Type>[] {
    return this.news.filter((message): message is NewsOf<Type> => message.type === type);
  }

  /** Resolves with the first message of that type that fits, past or to come. */
  async told<Type extends News['type']>(
    type: Type,
    fits: (message: NewsOf<Type>) => boolean = () => true,
    withinMs?: number,
  ): Promise<NewsOf<Type>> {
    return await eventually(`the portal is told ${type}`, () => this.all(type).find(fits), withinMs);
  }

  async ticket(device: string, feature: FeatureName, viewer = this.viewer): Promise<string> {
    const { ticket } = await this.api.post<{ ticket: string }>(`${PATHS.devices}/${device}/tickets`, {
      feature,
      viewer,
    });
    return ticket;
  }

  /** Asks for a channel with a ticket at hand; what becomes of it shows in the channel. */
  ask(ticket: string, feature: FeatureName, params: Record<string, string | number | boolean>): WireChannel {
    const channel = new WireChannel(this.#next++, feature, this.socket);
    this.#channels.set(channel.id, channel);
    this.send({ type: 'channel.open', channel: channel.id, ticket, params });
    return channel;
  }

  /** Opens a channel; resolves when it is open, rejects with the code when it was refused. */
  async open(
    device: string,
    feature: FeatureName,
    params: Record<string, string | number | boolean>,
  ): Promise<WireChannel> {
    const channel = this.ask(await this.ticket(device, feature), feature, params);
    await eventually(`${feature} opens or is refused`, () => channel.isOpen || channel.closedBy !== undefined);
    if (channel.closedBy !== undefined) throw new Error(channel.closedBy);
    return channel;
  }

  openScreen(device: string): Promise<WireChannel> {
    return this.open(device, 'screen', { monitor: '' });
  }

  closeChannel(channel: WireChannel): void {
    this.#channels.delete(channel.id);
    this.send({ type: 'channel.close', channel: channel.id });
  }

  [Symbol.dispose](): void {
    this.socket.terminate();
  }

  #control(text: string): void {
    const message = parseMessage(toPortal, text);
    this.news.push(message);
    if (message.type === 'channel.opened') this.#set(message.channel, (channel) => (channel.isOpen = true));
    if (message.type === 'channel.closed') this.#set(message.channel, (channel) => (channel.closedBy = message.code));
  }

  #set(id: number, change: (channel: WireChannel) => void): void {
    const channel = this.#channels.get(id);
    if (channel) change(channel);
  }

  #frame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame.type === 'data') this.#channels.get(frame.channel)?.received(frame.payload);
  }
}
