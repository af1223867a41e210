import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import {
  BINDING_BYTES,
  BINDING_LABEL,
  type FeatureName,
  formatToken,
  type Grant,
  grantProof,
  handshakeToHub,
  hubProof,
  type MessageOf,
  PROTOCOL_VERSION,
  parseMessage,
} from '@porthole/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { LocalAuthority } from '../../packages/hub/src/base/tls/localAuthority.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { deviceKeys } from './wireAgent.ts';

type Hello = Extract<MessageOf<typeof handshakeToHub>, { type: 'hello' }>;

/** One agent's connection to a hub under a test's hand. */
export class WireHubLink {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  readonly binding: string;
  closed = false;

  constructor(socket: WebSocket, raw: TLSSocket) {
    this.socket = socket;
    this.binding = raw.exportKeyingMaterial(BINDING_BYTES, BINDING_LABEL, Buffer.alloc(0)).toString('base64url');
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.texts.push(data.toString('utf8'));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.closed = true;
    });
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Resolves with the first message that holds this type. */
  async heard(type: string): Promise<string> {
    return await eventually(`the hub hears ${type}`, () =>
      this.texts.find((text) => text.includes(`"type":"${type}"`)),
    );
  }
}

/** A server on a hub's place that does what a test tells it to. It can prove itself only as what its own key says. */
export class WireHub implements AsyncDisposable {
  readonly keys = deviceKeys();
  readonly links: WireHubLink[] = [];
  /** What happens to every agent that connects. */
  greet: (link: WireHubLink) => unknown = () => undefined;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #folder: TempDir;

  private constructor(server: Server, folder: TempDir) {
    this.#server = server;
    this.#folder = folder;
    this.#sockets = new WebSocketServer({ server, perMessageDeflate: false });
    this.#sockets.on('connection', (socket, { socket: raw }) => {
      if (!(raw instanceof TLSSocket)) return;
      const link = new WireHubLink(socket, raw);
      this.links.push(link);
      void this.greet(link);
    });
  }

  static async start(port = 0): Promise<WireHub> {
    const folder = new TempDir();
    const { credentials } = await LocalAuthority.open({ dataDir: folder.path, names: ['localhost', '127.0.0.1'] });
    const server = createServer(credentials).listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      folder.close();
      throw error;
    }
    return new WireHub(server, folder);
  }

  get url(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A token that makes an agent trust this server. */
  get token(): string {
    return formatToken({ secret: 's'.repeat(43), hubKey: this.keys.publicKey });
  }

  /** Resolves with the connection of that number, counted from 0. */
  async link(at: number, withinMs?: number): Promise<WireHubLink> {
    return await eventually(`connection ${at} of an agent`, () => this.links[at], withinMs);
  }

  /** Proves itself to the agent and answers its hello. */
  async challenge(link: WireHubLink): Promise<Hello> {
    const start = parseMessage(handshakeToHub, await link.heard('start'));
    const nonce = 'h'.repeat(43);
    const agentNonce = start.type === 'start' ? start.nonce : '';
    const facts = { agentNonce, hubNonce: nonce, binding: link.binding, version: PROTOCOL_VERSION };
    const { publicKey, sign } = this.keys;
    link.say({ type: 'challenge', version: PROTOCOL_VERSION, publicKey, nonce, signature: sign(hubProof(facts)) });
    return parseMessage(handshakeToHub, await link.heard('hello')) as Hello;
  }

  /** Lets the agent in; answers what it said of itself. */
  async welcome(link: WireHubLink): Promise<Hello> {
    const hello = await this.challenge(link);
    link.say({ type: 'welcome', name: 'desk' });
    return hello;
  }

  grant(link: WireHubLink, device: string, channel: number, feature: FeatureName): Grant {
    const unsigned = { device, channel, feature, viewer: 'v', user: 'ann', issued: Date.now(), nonce: 'g'.repeat(43) };
    return { ...unsigned, signature: this.keys.sign(grantProof(unsigned, link.binding)) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.links) socket.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#folder.close();
  }
}
