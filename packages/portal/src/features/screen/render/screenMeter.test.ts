import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueuedPicture } from './pictureQueue.ts';
import { localNow, ScreenMeter } from './screenMeter.ts';

/** A picture that just came; the device's clock is 1,000 s behind this one. */
function picture(seq: number, noticedAt: number): QueuedPicture {
  const costs = { capturedAt: noticedAt - 1_000_000, captureMs: 1, encodeMs: 2 };
  const update = { seq, last: true, exact: true, delayAck: false, ...costs, rects: [] };
  return { seq, exact: true, steps: [], decodeMs: 3, update, arrivedAt: performance.now(), bytes: 10, shares: [] };
}

function setUp(): ScreenMeter {
  const meter = new ScreenMeter();
  meter.compare({ sentAt: localNow(), deviceAt: localNow() - 1_000_000 });
  return meter;
}

test('the stages of a picture add up to its total, from the change to the canvas', () => {
  const meter = setUp();
  const noticedAt = localNow() - 40;
  meter.decoded(picture(1, noticedAt), 8);
  assert.deepEqual(meter.painted({ seq: 1, at: noticedAt + 100 }), { decodeMs: 3, delayAck: false });
  const { capture, encode, relay, network, decode, paint, total } = meter.read()?.latency ?? assert.fail('nothing');
  const sum = [capture, encode, relay, network, decode, paint].reduce((all, { p50 }) => all + p50, 0);
  assert.ok(Math.abs(sum - total.p50) < 0.01 && Math.abs(total.p50 - 100) < 10, `${sum} of ${total.p50}`);
  assert.deepEqual([capture.p50, encode.p50, network.p50], [1, 2, 4]);
});

test('a key is answered by the first picture of a later change', () => {
  const meter = setUp();
  const keyAt = localNow();
  meter.keySent(keyAt);
  meter.keySent(keyAt + 5);
  meter.decoded(picture(1, keyAt - 50), undefined);
  meter.painted({ seq: 1, at: keyAt + 10 });
  assert.equal(meter.read()?.keyToPhoton, null);
  meter.decoded(picture(2, keyAt + 20), undefined);
  meter.painted({ seq: 2, at: keyAt + 30 });
  meter.decoded(picture(3, keyAt + 40), undefined);
  meter.painted({ seq: 3, at: keyAt + 50 });
  const { count, p50 } = meter.read()?.keyToPhoton ?? assert.fail('no key');
  assert.ok(count === 1 && Math.abs(p50 - 30) < 0.01);
});

test('a key that changes nothing is forgotten', () => {
  const meter = setUp();
  const keyAt = localNow();
  meter.keySent(keyAt);
  meter.decoded(picture(1, keyAt + 1_500), undefined);
  meter.painted({ seq: 1, at: keyAt + 1_510 });
  assert.equal(meter.read()?.keyToPhoton, null);
});

test('what was handed over before the stream began anew is not acknowledged', () => {
  const meter = setUp();
  meter.decoded(picture(1, localNow()), undefined);
  assert.equal(meter.unpainted, 1);
  meter.reset();
  assert.deepEqual([meter.unpainted, meter.painted({ seq: 1, at: localNow() })], [0, undefined]);
});
