import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import { type AgentProof, ALL_ON, agentProof, hubProof, PROTOCOL_VERSION, WireError } from '@porthole/protocol';
import { temporaryFolder } from '../../testing/temporaryFolder.ts';
import { loadHubIdentity, verifyText } from '../identity.ts';
import type { FromHub } from '../relay/linkSocket.ts';
import { AgentHandshake } from './agentHandshake.ts';

const device = generateKeyPairSync('ed25519');
const publicKey = device.publicKey.export({ format: 'jwk' }).x ?? '';
const NONCE = 'a'.repeat(43);
const identity = loadHubIdentity(temporaryFolder({ after: (work) => process.once('exit', () => void work()) }));

function begin(binding = 'b') {
  const said: FromHub[] = [];
  return { said, handshake: new AgentHandshake(identity, binding, (message) => said.push(message)) };
}

function start(version: number = PROTOCOL_VERSION): string {
  return JSON.stringify({ type: 'start', version, nonce: NONCE });
}

/** A handshake up to the challenge, and the facts that the device then signs. */
function challenged(binding = 'b') {
  const { said, handshake } = begin(binding);
  handshake.receive(start());
  const [challenge] = said;
  assert.ok(challenge?.type === 'challenge');
  const facts = { agentNonce: NONCE, hubNonce: challenge.nonce, binding, version: PROTOCOL_VERSION };
  assert.ok(verifyText(identity.publicKey, hubProof(facts), challenge.signature), 'the hub proves itself first');
  return { handshake, facts: { ...facts, hubKey: identity.publicKey, link: 'interactive' } satisfies AgentProof };
}

function hello(proof: AgentProof, change: object = {}, key: KeyObject = device.privateKey): string {
  return JSON.stringify({
    type: 'hello',
    publicKey,
    signature: sign(null, Buffer.from(agentProof(proof)), key).toString('base64url'),
    link: proof.link,
    description: { hostname: 'h', system: 's', architecture: 'a', version: 'v' },
    toggles: ALL_ON,
    ...change,
  });
}

test('an agent that signs what it was asked is proven', () => {
  const { handshake, facts } = challenged();
  const agent = handshake.receive(hello(facts, { token: 'secret', name: 'desk' }));
  assert.deepEqual(
    [agent?.publicKey, agent?.link, agent?.token, agent?.name],
    [publicKey, 'interactive', 'secret', 'desk'],
  );
});

test('a hello recorded on another connection is worth nothing, whatever differs', () => {
  const { facts: recorded } = challenged('another connection');
  const replayed = challenged();
  assert.throws(() => replayed.handshake.receive(hello(recorded)), { code: 'hello.invalid' });
  const changes: Partial<AgentProof>[] = [
    { agentNonce: 'c'.repeat(43) },
    { hubNonce: 'c'.repeat(43) },
    { binding: 'c' },
    { hubKey: 'c'.repeat(43) },
    { version: PROTOCOL_VERSION + 1 },
  ];
  for (const change of changes) {
    const { handshake, facts } = challenged();
    assert.throws(() => handshake.receive(hello({ ...facts, ...change })), { code: 'hello.invalid' });
  }
});

test('a signature by another key, for the other link, or over another purpose is refused', () => {
  const stranger = generateKeyPairSync('ed25519');
  const one = challenged();
  assert.throws(() => one.handshake.receive(hello(one.facts, {}, stranger.privateKey)), { code: 'hello.invalid' });
  const two = challenged();
  assert.throws(() => two.handshake.receive(hello(two.facts, { link: 'bulk' })), { code: 'hello.invalid' });
  const three = challenged();
  const other = sign(null, Buffer.from(hubProof(three.facts)), device.privateKey).toString('base64url');
  assert.throws(() => three.handshake.receive(hello(three.facts, { signature: other })), { code: 'hello.invalid' });
});

test('messages out of order, of another version or of no schema are refused', () => {
  const early = begin();
  assert.throws(() => early.handshake.receive(hello(challenged().facts)), { code: 'hello.invalid' });
  const twice = begin();
  twice.handshake.receive(start());
  assert.throws(() => twice.handshake.receive(start()), { code: 'hello.invalid' });
  assert.throws(() => begin().handshake.receive(start(PROTOCOL_VERSION + 1)), { code: 'version.unsupported' });
  const { handshake, facts } = challenged();
  assert.throws(() => handshake.receive(hello(facts, { admin: true })), WireError);
  assert.throws(() => handshake.receive('{"type":"bye"}'), WireError);
});

test('every connection is asked with another nonce', () => {
  assert.notEqual(challenged().facts.hubNonce, challenged().facts.hubNonce);
});
