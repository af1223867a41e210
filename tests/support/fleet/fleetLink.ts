import { randomBytes } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import {
  ALL_ON,
  agentProof,
  BINDING_BYTES,
  BINDING_LABEL,
  type Description,
  type fromAgent,
  type MessageOf,
  PATHS,
  PROTOCOL_VERSION,
} from '@porthole/protocol';
import { WebSocket } from 'ws';
import type { DeviceKeys } from '../deviceKeys.ts';

export interface FleetLinkOptions {
  hubUrl: string;
  hubKey: string;
  keys: DeviceKeys;
  kind: 'interactive' | 'bulk';
  description: Description;
  name: string;
  /** The secret of an enrolment token, the first time. */
  token?: string | undefined;
  /** A message of the hub after the handshake. */
  heard: (message: { type: string; [field: string]: unknown }) => void;
}

/** One connection of a simulated device: the real handshake over real TLS, without looking at what the hub proves. */
export class FleetLink {
  readonly #socket: WebSocket;
  readonly #options: FleetLinkOptions;
  readonly #nonce = randomBytes(32).toString('base64url');
  readonly #welcome = Promise.withResolvers<void>();
  #binding = '';

  private constructor(options: FleetLinkOptions) {
    this.#options = options;
    const url = new URL(PATHS.agentSocket, options.hubUrl.replace(/^https/, 'wss'));
    this.#socket = new WebSocket(url, { rejectUnauthorized: false, perMessageDeflate: false });
    this.#socket.on('upgrade', ({ socket }) => {
      if (!(socket instanceof TLSSocket)) return;
      this.#binding = socket.exportKeyingMaterial(BINDING_BYTES, BINDING_LABEL, Buffer.alloc(0)).toString('base64url');
    });
    this.#socket.on('open', () => this.#say({ type: 'start', version: PROTOCOL_VERSION, nonce: this.#nonce }));
    this.#socket.on('message', (data, isBinary) => {
      if (!isBinary) this.#received(JSON.parse(String(data)));
    });
    this.#socket.on('error', (error) => this.#welcome.reject(error));
    this.#socket.on('close', (_code, reason) => this.#welcome.reject(new Error(`closed: ${reason}`)));
  }

  /** Resolves when the hub lets it in. */
  static async open(options: FleetLinkOptions): Promise<FleetLink> {
    const link = new FleetLink(options);
    await link.#welcome.promise;
    return link;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  tell(message: MessageOf<typeof fromAgent>): void {
    this.#say(message);
  }

  sendFrame(frame: Uint8Array): void {
    this.#socket.send(frame);
  }

  close(): void {
    this.#socket.terminate();
  }

  #say(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  #received(message: { type: string; nonce?: string }): void {
    if (message.type === 'challenge') this.#say(this.#hello(message.nonce ?? ''));
    else if (message.type === 'welcome') this.#welcome.resolve();
    else if (message.type === 'refused') this.#welcome.reject(new Error(JSON.stringify(message)));
    else this.#options.heard(message);
  }

  #hello(hubNonce: string): object {
    const { keys, kind: link, hubKey, token, name, description } = this.#options;
    const proof = {
      version: PROTOCOL_VERSION,
      agentNonce: this.#nonce,
      hubNonce,
      binding: this.#binding,
      hubKey,
      link,
    };
    const rest = { link, description, toggles: ALL_ON, name };
    const signature = keys.sign(agentProof(proof));
    return { type: 'hello', publicKey: keys.publicKey, signature, ...(token && { token }), ...rest };
  }
}
