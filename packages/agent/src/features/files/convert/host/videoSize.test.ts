import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodedSize } from './videoSize.ts';

test('films are encoded in even sides, square pixels, and not larger than full HD, whichever way they are held', () => {
  assert.deepEqual(encodedSize({ width: 641, height: 359 }, 1), { width: 642, height: 360 });
  assert.deepEqual(encodedSize({ width: 3840, height: 2160 }, 1), { width: 1920, height: 1080 });
  assert.deepEqual(encodedSize({ width: 2160, height: 3840 }, 1), { width: 1080, height: 1920 });
  assert.deepEqual(encodedSize({ width: 720, height: 576 }, 16 / 11), { width: 1048, height: 576 });
  assert.deepEqual(encodedSize({ width: 1, height: 1 }, 0), { width: 2, height: 2 });
});
