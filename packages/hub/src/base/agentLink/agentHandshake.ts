import { randomBytes } from 'node:crypto';
import {
  agentProof,
  type Description,
  handshakeToHub,
  hubProof,
  type MessageOf,
  PortholeError,
  PROTOCOL_VERSION,
  parseMessage,
  speaks,
  type Toggles,
} from '@porthole/protocol';
import { type HubIdentity, verifyText } from '../identity.ts';
import type { FromHub } from '../relay/linkSocket.ts';

/** An agent that has proved which key it holds; whether that key may come in is decided elsewhere. */
export interface ProvenAgent {
  publicKey: string;
  link: 'interactive' | 'bulk';
  token?: string | undefined;
  name?: string | undefined;
  description: Description;
  toggles: Toggles;
}

type Start = Extract<MessageOf<typeof handshakeToHub>, { type: 'start' }>;
type Hello = Extract<MessageOf<typeof handshakeToHub>, { type: 'hello' }>;

/** The hub's side of the handshake: two messages in, one out. Signed over both nonces and the TLS connection itself. */
export class AgentHandshake {
  readonly #identity: HubIdentity;
  readonly #binding: string;
  readonly #send: (message: FromHub) => void;
  readonly #hubNonce = randomBytes(32).toString('base64url');
  #agentNonce: string | undefined;

  constructor(identity: HubIdentity, binding: string, send: (message: FromHub) => void) {
    this.#identity = identity;
    this.#binding = binding;
    this.#send = send;
  }

  /** Takes the next message; answers the proven agent when the handshake is complete. Throws `PortholeError` or `WireError`. */
  receive(text: string): ProvenAgent | undefined {
    const message = parseMessage(handshakeToHub, text);
    if (message.type === 'start') {
      this.#challenge(message);
      return undefined;
    }
    return this.#prove(message);
  }

  #challenge(start: Start): void {
    if (this.#agentNonce !== undefined) throw new PortholeError('hello.invalid');
    if (!speaks(start.version)) throw new PortholeError('version.unsupported');
    this.#agentNonce = start.nonce;
    const signature = this.#identity.sign(hubProof(this.#facts(start.nonce)));
    const { publicKey } = this.#identity;
    this.#send({ type: 'challenge', version: PROTOCOL_VERSION, publicKey, nonce: this.#hubNonce, signature });
  }

  #prove(hello: Hello): ProvenAgent {
    if (this.#agentNonce === undefined) throw new PortholeError('hello.invalid');
    const facts = this.#facts(this.#agentNonce);
    const proof = agentProof({ ...facts, hubKey: this.#identity.publicKey, link: hello.link });
    if (!verifyText(hello.publicKey, proof, hello.signature)) throw new PortholeError('hello.invalid');
    return hello;
  }

  #facts(agentNonce: string) {
    return { agentNonce, hubNonce: this.#hubNonce, binding: this.#binding, version: PROTOCOL_VERSION };
  }
}
