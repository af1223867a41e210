import assert from 'node:assert/strict';
import { mock, type TestContext, test } from 'node:test';
import { ALL_ON, DEFAULT_SENDING_SETTINGS } from '@porthole/protocol';
import { UNARRANGED } from './deviceRows.ts';
import type { DeviceDirectory, DirectoryEvent } from './directory.ts';
import { FeedRests } from './feedRests.ts';
import { LiveDevice } from './liveDevice.ts';

const MINUTE = 60_000;

/** One device that refuses its pictures, on a clock of its own; `again` counts how often it may be asked again. */
function setUp(t: TestContext) {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const description = { hostname: '', system: '', architecture: '', version: '' };
  const rest = { ...UNARRANGED, facts: null, stats: null, thumbnail: null, lastSeen: 0, createdAt: 0 };
  const device = new LiveDevice({ id: 'd', publicKey: '', name: 'desk', description, toggles: ALL_ON, ...rest });
  let listener: (event: DirectoryEvent) => void = () => undefined;
  const directory = {
    find: (id: string) => (id === 'd' ? device : undefined),
    listen: (heard: typeof listener) => {
      listener = heard;
      return () => (listener = () => undefined);
    },
  };
  const asked = { again: 0 };
  const rests = new FeedRests(directory as unknown as DeviceDirectory, 'thumbnail', () => asked.again++);
  t.after(() => rests.close());
  const refuse = async () => {
    rests.refused('d');
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { device, rests, asked, refuse, removed: () => listener({ type: 'removed', id: 'd' }) };
}

test('a device that refused rests for a minute, however often it refuses, and is asked again', async (t) => {
  const { device, rests, asked, refuse } = setUp(t);
  for (let n = 0; n < 3; n++) await refuse();
  assert.deepEqual([rests.isResting(device), asked.again], [true, 1]);
  mock.timers.tick(MINUTE - 1);
  assert.equal(rests.isResting(device), true);
  mock.timers.tick(1);
  assert.deepEqual([rests.isResting(device), asked.again], [false, 2]);
});

test('a change of what it sends ends the rest at once', async (t) => {
  const { device, rests, refuse } = setUp(t);
  await refuse();
  device.arranged.sendingSettings = { ...DEFAULT_SENDING_SETTINGS, hours: { from: 0, to: 60 } };
  assert.equal(rests.isResting(device), false);
  await refuse();
  assert.equal(rests.isResting(device), true);
});

test('a feed that somebody switched off does not rest: its toggle opens it again', async (t) => {
  const { device, rests, asked, refuse } = setUp(t);
  device.toggles = { ...ALL_ON, thumbnail: false };
  await refuse();
  device.toggles = ALL_ON;
  assert.deepEqual([rests.isResting(device), asked.again], [false, 0]);
});

test('of a device that is removed, and after the end, nothing is asked again', async (t) => {
  const { rests, asked, refuse, removed } = setUp(t);
  await refuse();
  removed();
  mock.timers.tick(MINUTE);
  await refuse();
  rests.close();
  rests.close();
  mock.timers.tick(MINUTE);
  assert.equal(asked.again, 2, 'only what each refusal says itself');
});
