import { randomBytes } from 'node:crypto';
import {
  agentProof,
  type Description,
  handshakeToAgent,
  type handshakeToHub,
  hubProof,
  type MessageOf,
  PortholeError,
  PROTOCOL_VERSION,
  parseMessage,
  type Toggles,
  WireError,
} from '@porthole/protocol';
import { type DeviceIdentity, verifyText } from './deviceIdentity.ts';

export interface Introduction {
  link: 'interactive' | 'bulk';
  /** Secret of the enrolment token; shown to the hub only after it has proved who it is. */
  token?: string | undefined;
  name?: string | undefined;
  description: Description;
  toggles: Toggles;
}

export interface HandshakeOptions {
  identity: DeviceIdentity;
  /** The hub's key, pinned at enrolment. */
  hubKey: string;
  /** TLS exporter of the connection. */
  binding: string;
  introduction: Introduction;
  send: (message: MessageOf<typeof handshakeToHub>) => void;
}

type Challenge = Extract<MessageOf<typeof handshakeToAgent>, { type: 'challenge' }>;

/** The agent's side of the handshake: the hub proves itself, then this device does. */
export class HubHandshake {
  readonly #options: HandshakeOptions;
  readonly #nonce = randomBytes(32).toString('base64url');
  #answered = false;

  constructor(options: HandshakeOptions) {
    this.#options = options;
    options.send({ type: 'start', version: PROTOCOL_VERSION, nonce: this.#nonce });
  }

  /** Takes the hub's next message; answers the name that the hub knows this device by when it is let in. Throws `PortholeError` or `WireError`. */
  receive(text: string): string | undefined {
    const message = parseMessage(handshakeToAgent, text);
    switch (message.type) {
      case 'challenge':
        this.#answer(message);
        return undefined;
      case 'refused':
        // Until the hub has proved itself this is anybody's word: no reason to give up for good.
        if (!this.#answered) throw new WireError(`refused by a hub that is not proven yet: ${message.code}`);
        throw new PortholeError(message.code, message.message);
      case 'welcome':
        if (!this.#answered) throw new PortholeError('hub.identity');
        return message.name;
    }
  }

  #answer(challenge: Challenge): void {
    const { identity, hubKey, binding, introduction, send } = this.#options;
    const facts = { agentNonce: this.#nonce, hubNonce: challenge.nonce, binding, version: challenge.version };
    const proven = challenge.publicKey === hubKey && verifyText(hubKey, hubProof(facts), challenge.signature);
    if (!proven || this.#answered) throw new PortholeError('hub.identity');
    this.#answered = true;
    const { link } = introduction;
    const signature = identity.sign(agentProof({ ...facts, hubKey, link }));
    send({ type: 'hello', publicKey: identity.publicKey, signature, ...introduction });
  }
}
