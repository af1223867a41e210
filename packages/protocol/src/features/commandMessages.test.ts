import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WireError } from '../wire/bytes.ts';
import { type CommandMessage, decodeCommandMessage, encodeCommandMessage } from './commandMessages.ts';

test('every message comes back as it was', () => {
  const messages: CommandMessage[] = [
    { type: 'ask', json: { what: 1 } },
    { type: 'done', json: { code: 0 } },
    { type: 'input', bytes: Uint8Array.of(1, 2) },
    { type: 'stdout', bytes: Uint8Array.of(0xff) },
    { type: 'stderr', bytes: new Uint8Array(0) },
    { type: 'inputEnd' },
    { type: 'started' },
  ];
  for (const message of messages) assert.deepEqual(decodeCommandMessage(encodeCommandMessage(message)), message);
});

test('what is no message is refused', () => {
  for (const each of [[], [0], [8], [1], [1, 0xff], [3, 0], [4, 0]]) {
    assert.throws(() => decodeCommandMessage(Uint8Array.from(each)), WireError, String(each));
  }
});
