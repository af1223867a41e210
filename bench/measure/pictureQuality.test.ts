import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../tests/support/x11/random.ts';
import { psnr, ssim } from './pictureQuality.ts';

const SIDE = 64;
const random = seeded(1);
const picture = Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, index) => 60 + ((index >> 3) % 90) + random() * 20);

test('equal pictures are perfect, whatever the fourth byte says', () => {
  const other = picture.map((value, index) => (index % 4 === 3 ? 255 - value : value));
  assert.equal(psnr(picture, other), 99);
  assert.ok(Math.abs(ssim(picture, other, SIDE) - 1) < 1e-9);
});

test('an error of 5 everywhere is 34.15 dB', () => {
  const other = picture.map((value) => value + 5);
  assert.ok(Math.abs(psnr(picture, other) - 34.15) < 0.01);
});

test('a shift in brightness keeps the structure, noise does not', () => {
  const brighter = picture.map((value) => value + 10);
  const noisy = picture.map((value) => Math.max(0, Math.min(255, value + (random() < 0.5 ? 10 : -10))));
  assert.ok(Math.abs(psnr(picture, brighter) - psnr(picture, noisy)) < 0.5);
  assert.ok(ssim(picture, brighter, SIDE) > 0.95);
  assert.ok(ssim(picture, noisy, SIDE) < ssim(picture, brighter, SIDE) - 0.05);
});

test('a picture of something else is unlike', () => {
  const other = Uint8Array.from(picture, () => random() * 255);
  assert.ok(ssim(picture, other, SIDE) < 0.3);
  assert.ok(psnr(picture, other) < 12);
});
