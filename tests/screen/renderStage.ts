import {
  decodeFrame,
  decodeScreenReply,
  encodeData,
  encodeScreen,
  type MessageOf,
  parseMessage,
  type ScreenMessage,
  type ScreenReply,
  type ScreenUpdate,
  toAgent,
} from '@porthole/protocol';
import type { Page } from 'playwright-core';
import { openBrowser, signIn } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { addUser, createToken, startHub } from '../support/hub.ts';
import { WireAgent } from '../wire/wireAgent.ts';

const USER = { username: 'ann', password: 'correct horse battery' };
type Opening = Extract<MessageOf<typeof toAgent>, { type: 'channel.open' }>;

interface StageParts {
  page: Page;
  agent: WireAgent;
  size: Size;
}

/** A real hub and the real portal in a real browser, watching a device whose every message a test makes up. */
export class RenderStage implements AsyncDisposable {
  readonly page: Page;
  /** What the page said on its screen channel, in order. */
  readonly replies: ScreenReply[] = [];
  /** Problems of the page and of its worker that nobody dealt with. */
  readonly errors: string[] = [];
  readonly #agent: WireAgent;
  readonly #size: { width: number; height: number };
  /** What ends with the stage. */
  #parts = new AsyncDisposableStack();
  #opening: Opening | undefined;
  #seq = 0;

  private constructor({ page, agent, size }: StageParts) {
    this.page = page;
    this.#agent = agent;
    this.#size = size;
    this.page.on('pageerror', (error) => this.errors.push(String(error)));
    this.#agent.socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.#frame(data) : this.#control(data)));
  }

  /** `prepare` may change the page before the portal runs in it. */
  static async open(size: Size, prepare: (page: Page) => Promise<void> = async () => undefined): Promise<RenderStage> {
    await using stack = new AsyncDisposableStack();
    const hub = stack.use(await startHub());
    await addUser(hub, { name: USER.username, role: 'admin', password: USER.password });
    const agent = stack.use(await WireAgent.enrol(hub.url, await createToken(hub), { name: 'stage' }));
    const browser = stack.use(await openBrowser());
    const page = await browser.newPage();
    await prepare(page);
    const stage = new RenderStage({ page, agent, size });
    await signIn(page, hub.url, USER);
    await page.getByRole('link', { name: /^stage/ }).click();
    await eventually('the page opens the screen', () => stage.#opening);
    await stage.heard('wish');
    stage.#parts = stack.move();
    return stage;
  }

  /** The parameters of the screen channel that is open now. */
  get params(): Opening['params'] | undefined {
    return this.#opening?.params;
  }

  /** Sends one message on the screen channel. */
  say(message: ScreenMessage, sync = false): void {
    this.sayBytes(encodeScreen(message), sync);
  }

  sayBytes(bytes: Uint8Array, sync = false): void {
    const channel = this.#opening?.grant.channel;
    if (channel === undefined) throw new Error('no screen channel is open');
    this.#agent.socket.send(encodeData(channel, bytes, sync));
  }

  /** Says the size of the display, as a device does first. */
  begin({ width, height }: Size = this.#size): void {
    const monitors = [{ id: 'one', name: 'one', x: 0, y: 0, width, height }];
    this.say({ type: 'state', state: { display: 'ok', width, height, monitor: '', monitors } }, true);
  }

  /** Sends a picture, or a part of one; answers its number. */
  picture(rects: ScreenUpdate['rects'], more: Partial<ScreenUpdate> = {}): number {
    const seq = more.seq ?? ++this.#seq;
    const costs = { capturedAt: performance.now(), captureMs: 0, encodeMs: 0 };
    this.say({ type: 'update', seq, last: true, exact: true, delayAck: false, ...costs, rects, ...more }, true);
    return seq;
  }

  /** Resolves when the picture of that number is acknowledged. */
  async painted(seq: number): Promise<void> {
    await eventually(`picture ${seq} is painted`, () =>
      this.replies.some((reply) => reply.type === 'ack' && reply.seq === seq),
    );
  }

  /** Sends a picture and waits until it is on the canvas. */
  async show(rects: ScreenUpdate['rects'], more: Partial<ScreenUpdate> = {}): Promise<void> {
    await this.painted(this.picture(rects, more));
  }

  count(type: ScreenReply['type']): number {
    return this.replies.filter((reply) => reply.type === type).length;
  }

  /** Resolves with the latest reply of that type once there are more than `before` of them. */
  async heard<T extends ScreenReply['type']>(type: T, before = 0): Promise<Extract<ScreenReply, { type: T }>> {
    const matching = () =>
      this.replies.filter((reply): reply is Extract<ScreenReply, { type: T }> => reply.type === type);
    await eventually(`the page sends ${type}`, () => matching().length > before);
    return matching().at(-1) as Extract<ScreenReply, { type: T }>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.disposeAsync();
  }

  #control(data: Buffer): void {
    const message = parseMessage(toAgent, String(data));
    if (message.type !== 'channel.open') return;
    const { channel, feature } = message.grant;
    if (feature !== 'screen') {
      return this.#agent.say({ type: 'channel.closed', channel, code: 'feature.off', message: 'not on this stage' });
    }
    this.#opening = message;
    this.#agent.say({ type: 'channel.opened', channel });
    this.begin();
  }

  /** Pings are answered as a device does. */
  #frame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame.type !== 'data' || frame.channel !== this.#opening?.grant.channel) return;
    const reply = decodeScreenReply(frame.payload);
    this.replies.push(reply);
    if (reply.type === 'ping') this.say({ type: 'pong', sentAt: reply.sentAt, deviceAt: performance.now() });
  }
}

export interface Size {
  width: number;
  height: number;
}
