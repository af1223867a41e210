import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MIN_POOLED, PixelPool } from './pixelPool.ts';

test('memory that was given back is used again, and only once', () => {
  const pool = new PixelPool();
  const { buffer } = pool.take(MIN_POOLED);
  pool.give([buffer]);
  assert.notEqual(pool.take(MIN_POOLED + 4).buffer, buffer);
  assert.equal(pool.take(MIN_POOLED).buffer, buffer);
  assert.notEqual(pool.take(MIN_POOLED).buffer, buffer);
});

test('the newest is kept of more than is useful, and nothing small', () => {
  const pool = new PixelPool();
  const buffers = Array.from({ length: 20 }, () => new ArrayBuffer(MIN_POOLED));
  const small = new ArrayBuffer(16);
  pool.give([...buffers, small]);
  const kept = buffers.map(() => pool.take(MIN_POOLED).buffer).filter((buffer) => buffers.includes(buffer));
  assert.deepEqual(new Set(kept), new Set(buffers.slice(4)));
  assert.notEqual(pool.take(16).buffer, small);
  const huge = new ArrayBuffer(65 * 1024 * 1024);
  pool.give([huge]);
  assert.notEqual(pool.take(huge.byteLength).buffer, huge);
});

test('memory that is gone is not kept', () => {
  const pool = new PixelPool();
  const buffer = new ArrayBuffer(MIN_POOLED);
  structuredClone(buffer, { transfer: [buffer] });
  pool.give([buffer]);
  assert.equal(pool.take(MIN_POOLED).byteLength, MIN_POOLED);
});
