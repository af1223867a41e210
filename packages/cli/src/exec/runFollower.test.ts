import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unseenOf } from './runFollower.ts';

const line = (offset: number, text: string) => ({ device: 'd', offset, at: 0, stream: 'stdout' as const, text });

test('after the connection was lost everything comes once, however it is cut then', () => {
  const seen = new Map<string, number>();
  assert.deepEqual(unseenOf(line(0, 'abc'), seen), line(0, 'abc'));
  assert.equal(unseenOf(line(0, 'ab'), seen), undefined);
  const rest = unseenOf(line(0, 'abcdef'), seen);
  assert.ok(rest && 'base64' in rest);
  assert.deepEqual([rest.offset, Buffer.from(rest.base64, 'base64').toString()], [3, 'def']);
  assert.deepEqual(unseenOf({ device: 'd', offset: 4, leftOut: 6 }, seen), { device: 'd', offset: 6, leftOut: 4 });
  assert.deepEqual(unseenOf({ idle: true }, seen), { idle: true });
});
