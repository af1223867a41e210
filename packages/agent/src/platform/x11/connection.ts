/// <reference path="./x11.d.ts" />
import { PortholeError } from '@porthole/protocol';
import x11, { type Client, type Display, type Extensions, type Reply, type Screen, type XEvent } from 'x11';
import { readCookie } from './xauthority.ts';

const CONNECT_MS = 5_000;
const CLOSE_MS = 1_000;
const INTERN_ATOM = 16;
const GET_ATOM_NAME = 17;

/** Called for every event of the connection, in order. Must not throw. */
export type EventListener = (event: XEvent) => void;

/**
 * One connection to an X display. It never throws out of a callback: when the display goes away, `closed` resolves with
 * the reason and everything that waits for an answer rejects with `display.lost`. The opener owns it.
 */
export class XConnection {
  readonly display: string;
  readonly client: Client;
  readonly info: Display;
  readonly screen: Screen;
  /** Why the connection ended. */
  readonly closed: Promise<string>;
  readonly #waiting = new Set<(error: PortholeError) => void>();
  readonly #listeners: EventListener[] = [];
  readonly #settleClosed: (reason: string) => void;
  #ended = false;

  private constructor(display: string, client: Client, info: Display, screen: Screen) {
    this.display = display;
    this.client = client;
    this.info = info;
    this.screen = screen;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.closed = promise;
    this.#settleClosed = resolve;
    client.on('event', (event) => {
      for (const listener of this.#listeners) listener(event);
    });
    client.on('end', () => this.#end(`The display ${display} closed the connection.`));
    client.stream?.on('close', () => this.#end(`The connection to the display ${display} was lost.`));
  }

  /** Connects to ':N'. Rejects with `display.missing` and one sentence. */
  static async open(display: string): Promise<XConnection> {
    // The library would take $DISPLAY for an empty name.
    if (display === '') throw new PortholeError('display.missing', 'No display was named.');
    const auth = await readCookie(display);
    const { client, info } = await connect(display, auth);
    const screen = info.screen[0];
    if (!screen) throw new PortholeError('display.missing', `The display ${display} has no screen.`);
    return new XConnection(display, client, info, screen);
  }

  get root(): number {
    return this.screen.root;
  }

  get ended(): boolean {
    return this.#ended;
  }

  onEvent(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  /** One request with an answer. Rejects with the X error, or with `display.lost` when the connection ends first. */
  ask<T>(send: (reply: Reply<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#ended) return reject(new PortholeError('display.lost'));
      this.#waiting.add(reject);
      send((error, value) => {
        this.#waiting.delete(reject);
        if (error) reject(error);
        else resolve(value);
        return true;
      });
    });
  }

  /**
   * A request packed by hand, for what the library lacks. `unpack` gets the reply from its ninth byte on; what it throws
   * rejects.
   */
  async askRaw<T>(request: Buffer, unpack: (body: Buffer) => T): Promise<T> {
    const body = await this.ask<Buffer>((reply) => {
      const { client } = this;
      client.seq_num++;
      client.pack_stream.put(request);
      client.replies[client.seq_num] = [(bytes) => bytes, reply];
      client.pack_stream.submit(true);
    });
    return unpack(body);
  }

  /** A request packed by hand that has no answer. */
  sendRaw(request: Buffer): void {
    if (this.#ended) return;
    this.client.seq_num++;
    this.client.pack_stream.put(request);
    this.client.pack_stream.submit();
  }

  /** Rejects with `feature.unsupported` when the server lacks the extension. */
  async extension<Name extends keyof Extensions>(name: Name): Promise<Extensions[Name]> {
    try {
      return await this.ask<Extensions[Name]>((reply) => this.client.require(name, reply));
    } catch (error) {
      if (error instanceof PortholeError) throw error;
      throw new PortholeError('feature.unsupported', `The display ${this.display} lacks the X extension ${name}.`);
    }
  }

  /** Resolves when the server has done everything that was asked so far. */
  async sync(): Promise<void> {
    await this.ask<undefined>((reply) => this.client.sync((error) => reply(error, undefined)));
  }

  /** Packed by hand, like `atomName`: the library remembers atoms for all displays together, and each has its own. */
  atom(name: string): Promise<number> {
    const text = Buffer.from(name, 'latin1');
    const request = Buffer.alloc(8 + Math.ceil(text.length / 4) * 4);
    request.writeUInt8(INTERN_ATOM, 0);
    request.writeUInt16LE(request.length / 4, 2);
    request.writeUInt16LE(text.length, 4);
    text.copy(request, 8);
    return this.askRaw(request, (body) => body.readUInt32LE(0));
  }

  atomName(atom: number): Promise<string> {
    const request = Buffer.alloc(8);
    request.writeUInt8(GET_ATOM_NAME, 0);
    request.writeUInt16LE(2, 2);
    request.writeUInt32LE(atom, 4);
    return this.askRaw(request, (body) => body.toString('latin1', 24, 24 + body.readUInt16LE(0)));
  }

  close(): void {
    if (this.#ended) return;
    const { stream } = this.client;
    this.client.terminate();
    // A server that does not answer any more would keep the socket, and with it this process, alive.
    setTimeout(() => stream?.destroy(), CLOSE_MS).unref();
    this.#end('The connection was closed.');
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const reject of this.#waiting) reject(new PortholeError('display.lost', reason));
    this.#waiting.clear();
    this.#settleClosed(reason);
  }
}

function connect(display: string, auth: { name: string; data: string }): Promise<{ client: Client; info: Display }> {
  return new Promise((resolve, reject) => {
    let refused = false;
    const refuse = (why: string): void => {
      refused = true;
      clearTimeout(timer);
      reject(new PortholeError('display.missing', `Cannot open the display ${display}: ${why}.`));
    };
    const timer = setTimeout(() => {
      refuse('it does not answer');
      client?.stream?.destroy();
    }, CONNECT_MS);
    let client: Client | undefined;
    try {
      // What is asked in one turn goes out in one write; what needs an answer never waits.
      client = x11.createClient({ display, auth, bufferRequests: true }, (error, info) => {
        if (error || !client) return refuse(plain(error));
        // Too late: nobody would close it.
        if (refused) return client.terminate();
        clearTimeout(timer);
        resolve({ client, info });
      });
      // Refused requests (a window that is gone by now) arrive here too: they concern one request, not the connection.
      client.on('error', (error) => {
        if (error.seq === undefined) refuse(plain(error));
      });
    } catch {
      refuse('that is not the name of a display (such as :0)');
    }
  });
}

function plain(error: (Error & { code?: string }) | undefined): string {
  if (error?.code === 'ENOENT' || error?.code === 'ECONNREFUSED') return 'no X server runs there';
  const text = (error?.message ?? 'unknown error').replace(/^X server connection failed: /, '');
  return text.replace(/[\s.\0]+$/, '') || 'refused';
}
