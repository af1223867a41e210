import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS } from '../limits.ts';
import { fromAgent, toAgent } from './agentLink.ts';
import { WireError } from './bytes.ts';
import { handshakeToAgent, handshakeToHub } from './handshake.ts';
import { parseMessage } from './messages.ts';
import { fromPortal, toPortal } from './portalLink.ts';

const TABLES = { toAgent, fromAgent, handshakeToAgent, handshakeToHub, fromPortal, toPortal };

test('every message names who may send it, and its schema demands exactly its own type', () => {
  for (const [table, messages] of Object.entries(TABLES)) {
    for (const [type, { right, schema }] of Object.entries(messages)) {
      assert.ok(right.length > 0, `${table} ${type}`);
      assert.equal(schema.safeParse({ type: 'something else' }).success, false, `${table} ${type}`);
    }
  }
});

test('a message that fits is handed over as it came', () => {
  const message = { type: 'channel.open', channel: 3, ticket: 'abc', params: { monitor: '', take: true, n: 1 } };
  assert.deepEqual(parseMessage(fromPortal, JSON.stringify(message)), message);
});

test('unknown fields, missing fields and values out of bounds are refused', () => {
  const refused = [
    { type: 'subscribe', more: 1 },
    { type: 'channel.close' },
    { type: 'channel.close', channel: 0 },
    { type: 'channel.close', channel: 1.5 },
    { type: 'channel.close', channel: 2 ** 31 },
    { type: 'channel.close', channel: '1' },
    { type: 'channel.open', channel: 1, ticket: '', params: {} },
    { type: 'channel.open', channel: 1, ticket: 'x'.repeat(65), params: {} },
    { type: 'channel.open', channel: 1, ticket: 'x', params: { deep: {} } },
    { type: 'channel.open', channel: 1, ticket: 'x', params: { long: 'x'.repeat(257) } },
    { type: 'watch', stats: ['no device'], thumbnails: [] },
    { type: 'watch', stats: Array.from({ length: 501 }, () => 'a'.repeat(26)), thumbnails: [] },
    { type: 'ping', sentAt: null },
  ];
  for (const message of refused) {
    assert.throws(() => parseMessage(fromPortal, JSON.stringify(message)), WireError, JSON.stringify(message));
  }
});

test('what is no message of the table is refused, whatever it is', () => {
  const texts = ['', '{', 'null', '1', '"subscribe"', '[]', '{}', '{"type":1}', '{"type":"nope"}'];
  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((type) => JSON.stringify({ type }));
  const deep = '['.repeat(30_000);
  for (const text of [...texts, ...inherited, deep])
    assert.throws(() => parseMessage(fromPortal, text), WireError, text);
});

test('a message of another table is unknown: an agent cannot speak as a portal, nor before its handshake', () => {
  assert.throws(() => parseMessage(fromAgent, '{"type":"subscribe"}'), WireError);
  assert.throws(() => parseMessage(handshakeToHub, '{"type":"bye"}'), WireError);
  assert.throws(() => parseMessage(toAgent, '{"type":"welcome","name":"x"}'), WireError);
});

test('parameters cannot smuggle a prototype in', () => {
  const text = '{"type":"channel.open","channel":1,"ticket":"x","params":{"__proto__":"x"}}';
  const message = parseMessage(fromPortal, text);
  assert.equal(message.type === 'channel.open' && Object.getPrototypeOf(message.params), Object.prototype);
});

test('a message above the limit is refused before it is parsed', () => {
  const text = JSON.stringify({ type: 'subscribe', padding: 'x'.repeat(LIMITS.control) });
  assert.throws(() => parseMessage(fromPortal, text), /too large/);
});
