import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSpare, SETTLE_MS, type SpareKey } from './spareKeys.ts';

const now = 10_000;
const none: ReadonlySet<number> = new Set();
const spare = (keycode: number, keysym: number, usedAt: number): SpareKey => ({ keycode, keysym, usedAt });

test('a keycode that types the keysym already is taken, even fresh from use', () => {
  const [other, same] = [spare(250, 0, 0), spare(251, 0x41, now)];
  assert.deepEqual(chooseSpare([other, same], 0x41, { held: none, now }), { spare: same });
});

test('an unbound keycode goes before one that was used', () => {
  const [used, unbound] = [spare(250, 0x41, 1), spare(251, 0, 0)];
  assert.deepEqual(chooseSpare([used, unbound], 0x42, { held: none, now }), { spare: unbound });
});

test('else the one used longest ago, unless it is down', () => {
  const [old, older] = [spare(250, 0x41, 5_000), spare(251, 0x42, 4_000)];
  assert.deepEqual(chooseSpare([old, older], 0x43, { held: none, now }), { spare: older });
  assert.deepEqual(chooseSpare([old, older], 0x43, { held: new Set([251]), now }), { spare: old });
});

test('a keycode typed a moment ago keeps its meaning for a while', () => {
  const fresh = spare(250, 0x41, now - 100);
  assert.deepEqual(chooseSpare([fresh], 0x43, { held: none, now }), { waitMs: SETTLE_MS - 100 });
});

test('without a keycode there is no hope', () => {
  assert.equal(chooseSpare([], 0x41, { held: none, now }), undefined);
  assert.equal(chooseSpare([spare(250, 0x42, 0)], 0x41, { held: new Set([250]), now }), undefined);
});
