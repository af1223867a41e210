import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { TLSSocket } from 'node:tls';
import {
  ALL_ON,
  agentProof,
  BINDING_BYTES,
  BINDING_LABEL,
  handshakeToAgent,
  type MessageOf,
  PATHS,
  PROTOCOL_VERSION,
  parseMessage,
  parseToken,
} from '@porthole/protocol';
import { WebSocket } from 'ws';
import { type DeviceKeys, deviceKeys } from '../support/deviceKeys.ts';
import { eventually } from '../support/eventually.ts';

type FromHub = MessageOf<typeof handshakeToAgent>;

export { type DeviceKeys, deviceKeys };

export interface HelloOptions {
  keys: DeviceKeys;
  hubKey: string;
  token?: string;
  link?: 'interactive' | 'bulk';
  name?: string;
}

/** The other end of an agent's socket under a test's own hand: says what it is told to, true or not. */
export class WireAgent implements Disposable {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  /** Resolves with the hub's reason once the connection is over. */
  readonly closed: Promise<string>;
  binding = '';
  readonly #nonce = randomBytes(32).toString('base64url');

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([, reason]) => String(reason));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.texts.push(data.toString('utf8'));
    });
    socket.on('upgrade', ({ socket: raw }) => {
      if (!(raw instanceof TLSSocket)) return;
      this.binding = raw.exportKeyingMaterial(BINDING_BYTES, BINDING_LABEL, Buffer.alloc(0)).toString('base64url');
    });
  }

  static async connect(hubUrl: string, headers: Record<string, string> = {}): Promise<WireAgent> {
    const url = new URL(PATHS.agentSocket, hubUrl.replace(/^https/, 'wss'));
    const agent = new WireAgent(new WebSocket(url, { headers, rejectUnauthorized: false }));
    await once(agent.socket, 'open');
    return agent;
  }

  /** A device that enrols itself with a token and is welcome. */
  static async enrol(hubUrl: string, token: string, options: { keys?: DeviceKeys; name?: string } = {}) {
    const { secret, hubKey } = parseToken(token);
    const agent = await WireAgent.connect(hubUrl);
    const keys = options.keys ?? deviceKeys();
    agent.say(await agent.hello({ keys, hubKey, token: secret, ...(options.name && { name: options.name }) }));
    await agent.heard('welcome');
    return agent;
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Begins the handshake and makes the hello that answers the hub's challenge, without saying it. */
  async hello({ keys, hubKey, token, link = 'interactive', name }: HelloOptions): Promise<object> {
    this.say({ type: 'start', version: PROTOCOL_VERSION, nonce: this.#nonce });
    const challenge = await this.heard('challenge');
    const facts = {
      version: PROTOCOL_VERSION,
      agentNonce: this.#nonce,
      hubNonce: challenge.nonce,
      binding: this.binding,
    };
    return {
      type: 'hello',
      publicKey: keys.publicKey,
      signature: keys.sign(agentProof({ ...facts, hubKey, link })),
      link,
      ...(token && { token }),
      ...(name && { name }),
      description: { hostname: 'wire', system: 'test', architecture: 'x', version: '0' },
      toggles: ALL_ON,
    };
  }

  /** Resolves with the first message of that type of the handshake. */
  async heard<Type extends FromHub['type']>(type: Type): Promise<Extract<FromHub, { type: Type }>> {
    return await eventually(`the agent hears ${type}`, () => {
      for (const text of this.texts) {
        if (!text.includes(`"type":"${type}"`)) continue;
        return parseMessage(handshakeToAgent, text) as Extract<FromHub, { type: Type }>;
      }
      return undefined;
    });
  }

  /** Why the hub did not let it in. */
  async refusal(): Promise<string> {
    return (await this.heard('refused')).code;
  }

  [Symbol.dispose](): void {
    this.socket.terminate();
  }
}
