import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Shape } from './shape.ts';
import { Shaper } from './shaper.ts';

/** About what goes into one packet: pieces of different connections take turns on the line. */
const PIECE_BYTES = 1400;
/** Little is read at a time, so that a full waiting room is noticed at once. */
const READ_BYTES = 4096;

/** A piece on its way; undefined bytes are the end of what its sender had to say. */
interface Piece {
  to: Socket;
  bytes: Buffer | undefined;
}

/**
 * A proxy that behaves as a line between viewers and a port of 127.0.0.1: all connections share its rate and its waiting
 * room. When the room is full it stops reading, so TCP holds the sender up and nothing is lost; a viewer that does not read
 * holds up only itself. (The sender's own kernel takes some tens of kilobytes beyond the room.)
 */
export class ShapedProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #down: Shaper<Piece>;
  readonly #up: Shaper<Piece>;
  /** Who sends, by who receives. */
  readonly #senders = new Map<Socket, { from: Socket; shaper: Shaper<Piece> }>();
  /** Senders that are not read now. */
  readonly #held = new Set<Socket>();
  readonly #onDelivered: (bytes: number) => void;
  #timer: NodeJS.Timeout | undefined;

  private constructor(targetPort: number, shape: Shape, onDelivered: (bytes: number) => void) {
    this.#down = new Shaper(shape);
    this.#up = new Shaper(shape);
    this.#onDelivered = onDelivered;
    this.#server = createServer((viewer) => this.#join(viewer, targetPort)).listen(0, '127.0.0.1');
  }

  /** `onDelivered` is told of all bytes that reach viewers. */
  static async open(targetPort: number, shape: Shape, onDelivered: (bytes: number) => void): Promise<ShapedProxy> {
    const proxy = new ShapedProxy(targetPort, shape, onDelivered);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  reshape(shape: Shape): void {
    const now = performance.now();
    for (const shaper of [this.#down, this.#up]) shaper.reshape(shape, now);
    this.#run();
  }

  /** Does nothing the second time. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    for (const socket of this.#senders.keys()) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #join(viewer: Socket, targetPort: number): void {
    const onread = {
      buffer: Buffer.alloc(READ_BYTES),
      callback: (length: number, buffer: Uint8Array): boolean => {
        this.#accept(this.#down, viewer, Buffer.from(buffer.subarray(0, length)));
        return !this.#mustWait(target, viewer, this.#down);
      },
    };
    const target: Socket = connect({ port: targetPort, host: '127.0.0.1', onread });
    this.#carry(target, viewer, this.#down);
    this.#carry(viewer, target, this.#up);
    viewer.on('data', (chunk) => {
      this.#accept(this.#up, target, chunk);
      if (this.#mustWait(viewer, target, this.#up)) viewer.pause();
    });
    target.resume();
  }

  #carry(from: Socket, to: Socket, shaper: Shaper<Piece>): void {
    from.setNoDelay(true);
    this.#senders.set(to, { from, shaper });
    from.on('end', () => this.#accept(shaper, to, undefined));
    // A connection that broke is an error for nobody here; the other side learns of it by being destroyed.
    from.on('error', () => to.destroy()).on('close', () => this.#forget(from));
    to.on('drain', () => this.#run());
  }

  #forget(socket: Socket): void {
    this.#senders.delete(socket);
    this.#held.delete(socket);
  }

  /** Notes who is not read meanwhile. */
  #mustWait(from: Socket, to: Socket, shaper: Shaper<Piece>): boolean {
    const wait = shaper.full || to.writableNeedDrain;
    if (wait) this.#held.add(from);
    else this.#held.delete(from);
    return wait;
  }

  #accept(shaper: Shaper<Piece>, to: Socket, chunk: Buffer | undefined): void {
    const now = performance.now();
    if (!chunk) shaper.push({ to, bytes: undefined }, 0, now);
    else {
      for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
        const bytes = chunk.subarray(at, at + PIECE_BYTES);
        shaper.push({ to, bytes }, bytes.length, now);
      }
    }
    this.#schedule();
  }

  #run(): void {
    const now = performance.now();
    for (const { to, bytes } of this.#down.take(now)) {
      this.#onDelivered(bytes?.length ?? 0);
      deliver(to, bytes);
    }
    for (const { to, bytes } of this.#up.take(now)) deliver(to, bytes);
    for (const [to, { from, shaper }] of this.#senders) {
      if (this.#held.has(from) && !this.#mustWait(from, to, shaper)) from.resume();
    }
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const next = Math.min(this.#down.nextAt ?? Number.POSITIVE_INFINITY, this.#up.nextAt ?? Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#run(), Math.max(1, next - performance.now()));
  }
}

function deliver(to: Socket, bytes: Buffer | undefined): void {
  if (to.destroyed || to.writableEnded) return;
  if (bytes) to.write(bytes);
  else to.end();
}
