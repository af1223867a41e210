import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCookie } from './xauthority.ts';

const NAME = 'MIT-MAGIC-COOKIE-1';

function entry(family: number, address: string, display: string, data: string): Buffer {
  const field = (text: string): Buffer => {
    const bytes = Buffer.from(text, 'latin1');
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  };
  return Buffer.concat([
    Buffer.from([family >> 8, family & 255]),
    field(address),
    field(display),
    field(NAME),
    field(data),
  ]);
}

test('the entry of this host and display is found among others', () => {
  const file = Buffer.concat([
    entry(256, 'other', '1', 'a'),
    entry(256, 'box', '2', 'b'),
    entry(256, 'box', '1', 'c\xff'),
  ]);
  assert.deepEqual(findCookie(file, 'box', '1'), { name: NAME, data: 'c\xff' });
  assert.equal(findCookie(file, 'box', '3'), undefined);
});

test('a wildcard entry matches any host, and an empty display any number', () => {
  assert.deepEqual(findCookie(entry(65_535, '', '', 'w'), 'box', '7'), { name: NAME, data: 'w' });
  assert.equal(findCookie(entry(65_535, '', '6', 'w'), 'box', '7'), undefined);
});

test('a file cut anywhere gives what came before the cut, and never throws', () => {
  const start = entry(256, 'box', '1', 'first');
  const whole = Buffer.concat([start, entry(256, 'box', '2', 'second')]);
  for (let length = 0; length < whole.length; length++) {
    const cut = whole.subarray(0, length);
    assert.equal(findCookie(cut, 'box', '2'), undefined);
    const first = findCookie(cut, 'box', '1');
    assert.equal(first?.data, length >= start.length ? 'first' : undefined, `cut at ${length}`);
  }
});
