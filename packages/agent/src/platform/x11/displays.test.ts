import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startXvfb } from '../../../../../tests/support/x11/xvfb.ts';
import { readDisplays } from './displays.ts';

test('the monitors of a display are told with their size, and a display that is not there has none', async () => {
  const server = await startXvfb({ width: 800, height: 600 });
  try {
    const displays = await readDisplays(server.display);
    assert.deepEqual(
      displays.map(({ width, height }) => [width, height]),
      [[800, 600]],
    );
    assert.ok(displays[0]?.name);
  } finally {
    await server.close();
  }
  assert.deepEqual(await readDisplays(server.display), []);
  assert.deepEqual(await readDisplays(''), []);
});
