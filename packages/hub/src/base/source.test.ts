import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOf } from './source.ts';

test('an IPv4 address is a source, also when it is written as IPv6', () => {
  assert.equal(sourceOf('192.0.2.1'), '192.0.2.1');
  assert.equal(sourceOf('::ffff:192.0.2.1'), '192.0.2.1');
});

test('a whole /64 of IPv6 is one source, in any spelling', () => {
  const source = sourceOf('2001:db8:0:1::1');
  assert.equal(sourceOf('2001:0db8:0000:0001:ffff:ffff:ffff:ffff'), source);
  assert.notEqual(sourceOf('2001:db8:0:2::1'), source);
  assert.equal(sourceOf('fe80::1%eth0'), sourceOf('fe80::2%eth1'));
});

test('a missing address is a source too', () => {
  assert.equal(sourceOf(undefined), 'unknown');
});
