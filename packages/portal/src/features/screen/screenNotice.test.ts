import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ScreenSituation, screenNotice } from './screenNotice.ts';

const live: ScreenSituation = { phase: 'live', online: true, on: true, link: 'open' };

test('a live picture needs no words', () => {
  assert.equal(screenNotice(live), undefined);
});

test('a lost connection comes first, then the device, then its toggle', () => {
  assert.equal(screenNotice({ ...live, link: 'reconnecting', online: false, on: false }), 'reconnecting');
  assert.equal(screenNotice({ ...live, online: false, on: false }), 'offline');
  assert.equal(screenNotice({ ...live, on: false }), 'off');
});

test('a stream that still believes the device away is only a moment behind', () => {
  assert.equal(screenNotice({ ...live, phase: 'offline' }), 'connecting');
  assert.equal(screenNotice({ ...live, phase: 'off' }), 'connecting');
});

test('what only the stream can know is said as it is', () => {
  assert.equal(screenNotice({ ...live, phase: 'display-missing' }), 'display-missing');
  assert.equal(screenNotice({ ...live, phase: 'refused' }), 'refused');
});
