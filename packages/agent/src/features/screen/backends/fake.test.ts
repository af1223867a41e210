import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mirrorScreen } from '../../../../../../tests/support/x11/screenMirror.ts';
import { FAKE_HEIGHT, FAKE_WIDTH, fakeBox, fakeColor, openFakeScreen } from './fake.ts';

test('the fake display has two monitors side by side, and a picture that follows from its steps', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const mirror = await mirrorScreen(openFakeScreen, 'fake');
  assert.deepEqual([mirror.source.width, mirror.source.height], [FAKE_WIDTH, FAKE_HEIGHT]);
  assert.deepEqual(
    mirror.source.monitors.map(({ id, x }) => [id, x]),
    [
      ['left', 0],
      ['right', 320],
    ],
  );
  await mirror.quiet(20);
  for (let step = 1; step <= 200; step++) {
    context.mock.timers.tick(33);
    await mirror.quiet(0);
    const { x, y } = fakeBox(step);
    for (const [px, py] of [
      [x, y],
      [x + 31, y + 31],
      [0, 0],
      [639, 359],
      [320, y],
      [(x + 40) % 640, y],
    ] as const) {
      const at = (py * FAKE_WIDTH + px) * 4;
      const [blue = 0, green = 0, red = 0] = mirror.picture.subarray(at, at + 3);
      assert.equal((red << 16) | (green << 8) | blue, fakeColor(px, py, step), `step ${step} at ${px},${py}`);
    }
  }
  mirror.close();
  const { damages } = mirror;
  context.mock.timers.tick(330);
  assert.equal(mirror.damages, damages, 'it moves only while it is open');
});

test('the fake display says cursor and pointer, and refuses what lies outside', async () => {
  const mirror = await mirrorScreen(openFakeScreen, 'fake');
  await mirror.quiet(20).then(() => mirror.close());
  assert.equal(mirror.cursors.length, 1);
  assert.deepEqual(mirror.pointers, [[320, 180]]);
  await assert.rejects(mirror.source.grab({ x: 639, y: 0, width: 2, height: 1 }), { code: 'display.lost' });
});
