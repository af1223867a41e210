import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import {
  ALL_ON,
  agentProof,
  type handshakeToHub,
  hubProof,
  type MessageOf,
  PROTOCOL_VERSION,
} from '@porthole/protocol';
import { verifyText } from './deviceIdentity.ts';
import { HubHandshake } from './hubHandshake.ts';

const hub = keys();
const device = keys();
const TOKEN = 'the secret of a token';

function keys(): { key: KeyObject; publicKey: string; sign: (text: string) => string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    key: privateKey,
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
  };
}

/** An agent in its handshake, and everything it said so far. */
function begin(binding = 'b') {
  const said: MessageOf<typeof handshakeToHub>[] = [];
  const handshake = new HubHandshake({
    identity: { ...device, id: 'd' },
    hubKey: hub.publicKey,
    binding,
    introduction: {
      link: 'interactive',
      token: TOKEN,
      description: { hostname: 'h', system: 's', architecture: 'a', version: 'v' },
      toggles: ALL_ON,
    },
    send: (message) => said.push(message),
  });
  const [start] = said;
  assert.ok(start?.type === 'start');
  return { handshake, said, agentNonce: start.nonce };
}

const HUB_NONCE = 'n'.repeat(43);

function challenge({
  agentNonce,
  binding = 'b',
  by = hub,
  publicKey = by.publicKey,
  version = PROTOCOL_VERSION,
}: {
  agentNonce: string;
  binding?: string;
  by?: typeof hub;
  publicKey?: string;
  version?: number;
}): string {
  const signature = by.sign(hubProof({ agentNonce, hubNonce: HUB_NONCE, binding, version: PROTOCOL_VERSION }));
  return JSON.stringify({ type: 'challenge', version, publicKey, nonce: HUB_NONCE, signature });
}

test('to the pinned hub the device shows its token and proves its key', () => {
  const { handshake, said, agentNonce } = begin();
  assert.equal(handshake.receive(challenge({ agentNonce })), undefined);
  const hello = said[1];
  assert.ok(hello?.type === 'hello');
  assert.equal(hello.token, TOKEN);
  const facts = { agentNonce, hubNonce: HUB_NONCE, binding: 'b', version: PROTOCOL_VERSION };
  const proof = agentProof({ ...facts, hubKey: hub.publicKey, link: 'interactive' });
  assert.ok(verifyText(device.publicKey, proof, hello.signature));
  assert.equal(handshake.receive('{"type":"welcome","name":"desk"}'), 'desk');
});

test('a stranger learns nothing: neither token nor device key, whatever it tries', () => {
  const stranger = keys();
  const tries = [
    (agentNonce: string) => challenge({ agentNonce, by: stranger }),
    // The hub's name, but not its key.
    (agentNonce: string) => challenge({ agentNonce, by: stranger, publicKey: hub.publicKey }),
    // A proof that the true hub made for another connection, or for another question.
    (agentNonce: string) => challenge({ agentNonce, binding: 'another connection' }),
    () => challenge({ agentNonce: 'z'.repeat(43) }),
    (agentNonce: string) => challenge({ agentNonce, version: PROTOCOL_VERSION + 1 }),
    () => '{"type":"welcome","name":"desk"}',
  ];
  for (const attempt of tries) {
    const { handshake, said, agentNonce } = begin();
    assert.throws(() => handshake.receive(attempt(agentNonce)), { code: 'hub.identity' });
    assert.deepEqual(
      said.map(({ type }) => type),
      ['start'],
    );
  }
});

test('a second challenge is refused: the device answers one question per connection', () => {
  const { handshake, said, agentNonce } = begin();
  handshake.receive(challenge({ agentNonce }));
  assert.throws(() => handshake.receive(challenge({ agentNonce })), { code: 'hub.identity' });
  assert.equal(said.length, 2);
});

test('every connection asks with another nonce', () => {
  assert.notEqual(begin().agentNonce, begin().agentNonce);
});

test('a refusal of the hub is told with its code', () => {
  const { handshake, agentNonce } = begin();
  handshake.receive(challenge({ agentNonce }));
  const refusal = JSON.stringify({ type: 'refused', code: 'token.used', message: 'Used.' });
  assert.throws(() => handshake.receive(refusal), { code: 'token.used', message: 'Used.' });
});

test('a refusal by somebody who has not proved to be the hub does not count as its word', () => {
  const { handshake } = begin();
  const refusal = JSON.stringify({ type: 'refused', code: 'device.removed', message: 'Go away.' });
  assert.throws(
    () => handshake.receive(refusal),
    (error: Error) => !('code' in error),
  );
});
