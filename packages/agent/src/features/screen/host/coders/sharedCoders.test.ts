import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromScreenHost } from '../hostMessages.ts';
import { SharedCoders } from './sharedCoders.ts';

const OPTIONS = { width: 64, height: 48, codecs: ['avc1.4D401F'], bytesPerSecond: 1e5, fps: 30 };
const TILE = { x: 1, y: 2, width: 3, height: 2 };
const PIXELS = { data: new Uint8Array(24), stride: 12, width: 3, height: 2 };

test('hardware is used until it is to be avoided', async () => {
  const hardware: (boolean | undefined)[] = [];
  const openEncoder = (options: { hardware?: boolean }) => {
    hardware.push(options.hardware);
    return Promise.reject(new Error('none'));
  };
  const coders = new SharedCoders(() => undefined, { openEncoder });
  await assert.rejects(coders.openEncoder(OPTIONS));
  coders.avoidHardware();
  await assert.rejects(coders.openEncoder(OPTIONS));
  assert.deepEqual(hardware, [true, false]);
});

test('video is in use from the first to the last of several', () => {
  const said: FromScreenHost[] = [];
  const coders = new SharedCoders((message) => said.push(message));
  for (const isInUse of [true, true, false, true, false]) coders.inUse(isInUse);
  assert.deepEqual(said, [{ type: 'video', isInUse: true }]);
  coders.inUse(false);
  assert.deepEqual(said.at(-1), { type: 'video', isInUse: false });
});

test('WebP is tried once where it is not to be had, and each time where it is', async () => {
  const said: FromScreenHost[] = [];
  let attempts = 0;
  const encodeWebp = async () => {
    attempts++;
    throw new Error('no libwebp');
  };
  const lacking = new SharedCoders((message) => said.push(message), { encodeWebp });
  for (let times = 0; times < 3; times++) assert.equal(await lacking.webp(TILE, PIXELS, 0), undefined);
  assert.equal(attempts, 1);
  assert.deepEqual(said, [{ type: 'trouble', reason: 'Lossless WebP is not to be had: Error: no libwebp' }]);
  const whole = new SharedCoders((message) => said.push(message));
  for (let times = 0; times < 2; times++) assert.ok((await whole.webp(TILE, PIXELS, 0))?.bytes.byteLength);
  assert.equal(said.length, 1);
});
