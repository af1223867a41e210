import * as z from 'zod';
import { description, errorCode, nonce, publicKey, sentence, signature, toggles } from './common.ts';
import type { MessageTable } from './messages.ts';

/**
 * The agent's handshake, both ways. Keys, nonces and signatures are base64url; `binding` is the TLS exporter of the very
 * connection, so a proof relayed over another connection is worth nothing. The hub proves itself first: a token is never
 * shown to a stranger.
 *
 *     agent → hub  start      agent nonce, version
 *     hub → agent  challenge  hub key, hub nonce, signature of hubProof
 *     agent → hub  hello      agent key, signature of agentProof, token at the first time
 *     hub → agent  welcome | refused
 */
export const BINDING_LABEL = 'EXPORTER-porthole-link-v1';
export const BINDING_BYTES = 32;

export const handshakeToHub = {
  start: {
    right: 'agent',
    schema: z.strictObject({ type: z.literal('start'), version: z.number().int(), nonce }),
  },
  hello: {
    right: 'agent',
    schema: z.strictObject({
      type: z.literal('hello'),
      publicKey,
      signature,
      link: z.enum(['interactive', 'bulk']),
      token: z.string().max(256).optional(),
      name: z.string().max(64).optional(),
      description,
      toggles,
    }),
  },
} as const satisfies MessageTable;

export const handshakeToAgent = {
  challenge: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('challenge'), version: z.number().int(), publicKey, nonce, signature }),
  },
  welcome: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('welcome'), name: z.string().max(64) }),
  },
  refused: {
    right: 'hub',
    schema: z.strictObject({ type: z.literal('refused'), code: errorCode, message: sentence }),
  },
} as const satisfies MessageTable;

export interface HubProof {
  agentNonce: string;
  hubNonce: string;
  binding: string;
  version: number;
}

/** What the hub signs. */
export function hubProof(proof: HubProof): string {
  return JSON.stringify(['porthole hub v1', proof.version, proof.agentNonce, proof.hubNonce, proof.binding]);
}

export interface AgentProof extends HubProof {
  hubKey: string;
  link: 'interactive' | 'bulk';
}

/** What the agent signs. */
export function agentProof(proof: AgentProof): string {
  const { version, hubKey, agentNonce, hubNonce, binding, link } = proof;
  return JSON.stringify(['porthole agent v1', version, hubKey, agentNonce, hubNonce, binding, link]);
}
