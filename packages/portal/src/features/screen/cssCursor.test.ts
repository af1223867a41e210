import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cssCursor } from './cssCursor.ts';

test('an unknown cursor is the usual one, a hidden one is none', () => {
  assert.equal(cssCursor(null), 'default');
  assert.equal(cssCursor({ url: '', hotX: 0, hotY: 0, width: 0, height: 0 }), 'none');
});

test('a cursor points where its hot spot is', () => {
  assert.equal(cssCursor({ url: 'blob:x', hotX: 3, hotY: 4, width: 16, height: 16 }), 'url("blob:x") 3 4, default');
});
