import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grainyPicture } from '../../../../../../../../tests/support/grainyPicture.ts';
import { psnr, VideoDecoder } from '../../../../../../../../tests/support/videoDecoder.ts';
import { loadAv } from './av.ts';
import { type Candidate, SOFTWARE } from './candidates.ts';
import { H264Encoder } from './h264Encoder.ts';

const size = { width: 320, height: 180 };
const options = { ...size, baseline: false, bytesPerSecond: 100_000, fps: 30 };
/** libx264 as hardware encoders are used: opened once, its keys forced. */
const rigid: Candidate = { ...SOFTWARE, isNimble: false };

const picture = (index: number) => grainyPicture({ ...size, index, grain: 8 });

test('an encoder that cannot be opened cheaply makes its keys in the session that runs', async () => {
  using decoder = await VideoDecoder.open();
  const encoder = await H264Encoder.open(await loadAv(), rigid, options);
  const keys: boolean[] = [];
  for (let index = 0; index < 6; index++) {
    const frame = await encoder.encode(picture(index), { key: index === 3 });
    keys.push(frame.key);
    const shown = await decoder.decode(frame.bytes);
    assert.ok(shown && psnr(shown, picture(index)) > 25, `picture ${index}`);
  }
  assert.deepEqual(keys, [true, false, false, true, false, false]);
  encoder.close();
});

test('such an encoder begins anew when the link changes much, and goes on when it changes little', async () => {
  const encoder = await H264Encoder.open(await loadAv(), rigid, options);
  const keys: boolean[] = [];
  for (const [index, rate] of [100_000, 100_000, 110_000, 30_000, 30_000, 90_000].entries()) {
    encoder.setRate(rate, 30);
    keys.push((await encoder.encode(picture(index), { key: false })).key);
  }
  assert.deepEqual(keys, [true, false, false, true, false, true]);
  encoder.close();
});

test('an encoder that keeps pictures back is refused', async () => {
  const late: Candidate = {
    ...SOFTWARE,
    options: () => ({ preset: 'ultrafast', 'x264-params': 'rc-lookahead=20:bframes=3' }),
  };
  await assert.rejects(H264Encoder.open(await loadAv(), late, options), /keeps pictures back/);
});

test('an encoder that is not there is refused', async () => {
  await assert.rejects(H264Encoder.open(await loadAv(), { ...SOFTWARE, name: 'nonesuch' }, options), /no nonesuch/);
});

test('an encoder that hangs is given up, and what it may still read is not freed', async (t) => {
  const av = await loadAv();
  class Hanging extends av.CodecContext {
    override sendFrame(): Promise<number> {
      return new Promise(() => undefined);
    }
  }
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let isOver = false;
  const opening = assert.rejects(H264Encoder.open({ ...av, CodecContext: Hanging }, SOFTWARE, options), /hangs/);
  const over = opening.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    t.mock.timers.tick(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await over;
});
