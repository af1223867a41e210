import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration, parseListen, parseUses, UsageError } from './options.ts';

test('an address to listen on is a host and a port', () => {
  assert.deepEqual(parseListen('0.0.0.0:7443'), { host: '0.0.0.0', port: 7443 });
  assert.deepEqual(parseListen('[::1]:0'), { host: '::1', port: 0 });
  assert.deepEqual(parseListen('localhost:65535'), { host: 'localhost', port: 65_535 });
  for (const text of ['', '7443', ':7443', 'a:', 'a:65536', 'a:b', '::1:7443', 'a b:1'])
    assert.throws(() => parseListen(text), UsageError);
});

test('a time has a unit, and is between one second and thirty days', () => {
  assert.deepEqual(['90s', '10m', '2h', '30d'].map(parseDuration), [90_000, 600_000, 7_200_000, 2_592_000_000]);
  for (const text of ['', '10', 'm', '0m', '-1m', '1.5h', '31d', '10 m', '1w'])
    assert.throws(() => parseDuration(text), UsageError);
});

test('uses are a whole number from one to a thousand', () => {
  assert.deepEqual(['1', '1000'].map(parseUses), [1, 1000]);
  for (const text of ['', '0', '-1', '1001', '1.5', 'x']) assert.throws(() => parseUses(text), UsageError);
});
