import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantProof } from './grant.ts';
import { agentProof, hubProof } from './handshake.ts';

const facts = { version: 1, agentNonce: 'a', hubNonce: 'h', binding: 'b' };
const agent = { ...facts, hubKey: 'k', link: 'interactive' } as const;
const grant = { device: 'd', channel: 1, feature: 'screen', viewer: 'v', user: 'u', issued: 5, nonce: 'n' } as const;

test('a change of any single fact makes another text to sign', () => {
  const texts = [
    hubProof(facts),
    ...variants(facts).map(hubProof),
    agentProof(agent),
    ...variants(agent).map(agentProof),
    grantProof(grant, 'b'),
    grantProof(grant, 'c'),
    ...variants(grant).map((other) => grantProof(other, 'b')),
  ];
  assert.equal(new Set(texts).size, texts.length);
});

test('a value cannot run over into its neighbour', () => {
  assert.notEqual(hubProof({ ...facts, agentNonce: 'a","h' }), hubProof({ ...facts, hubNonce: 'h","h' }));
  assert.notEqual(
    grantProof({ ...grant, viewer: 'v","u', user: '' }, 'b'),
    grantProof({ ...grant, viewer: 'v', user: 'u","' }, 'b'),
  );
});

/** The facts with one of them changed, for each of them. */
function variants<T extends Record<string, string | number>>(facts: T): T[] {
  return Object.keys(facts).map((name) => ({ ...facts, [name]: `${facts[name]}!` }));
}
