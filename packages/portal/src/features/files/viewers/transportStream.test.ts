import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTransportStream, TRANSPORT_STREAM_HEAD } from './transportStream.ts';

function packets(size: number, first: number): Uint8Array {
  const head = new Uint8Array(TRANSPORT_STREAM_HEAD);
  for (let at = first; at < head.length; at += size) head[at] = 0x47;
  return head;
}

test('what begins every packet as a transport stream does is one', () => {
  assert.equal(isTransportStream(packets(188, 0)), true);
  assert.equal(isTransportStream(packets(192, 4)), true);
});

test('a text is none, even when it begins with the same letter', () => {
  assert.equal(isTransportStream(new TextEncoder().encode('G'.padEnd(2_000, ' lobal'))), false);
  assert.equal(isTransportStream(packets(187, 0)), false);
  assert.equal(isTransportStream(packets(188, 0).subarray(0, 188 * 2)), false);
  assert.equal(isTransportStream(new Uint8Array(0)), false);
});
