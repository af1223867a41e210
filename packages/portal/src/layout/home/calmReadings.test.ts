import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DevicesStore } from '../../base/devicesStore.ts';
import { fakeDevice } from '../../testing/fakeDevice.ts';
import { CalmReadings, RESORT_MS } from './calmReadings.ts';

const sample = (cpu: number) => ({ at: 1, cpu, memory: { used: 1, total: 2 } });

function scene() {
  const devices = new DevicesStore();
  const a = fakeDevice('a', { stats: sample(0.1) });
  devices.apply({ type: 'devices', devices: [a], more: false });
  const state = { held: false, now: 0 };
  const calm = new CalmReadings({ devices, isHeld: () => state.held, now: () => state.now });
  let changes = 0;
  calm.reading.subscribe(() => {
    changes += 1;
  });
  const cpu = () => calm.reading.get()(a.id).stats?.cpu;
  return { devices, a, state, calm, cpu, changes: () => changes };
}

test('figures are taken every few seconds, and only when they count', () => {
  const { devices, a, state, calm, cpu, changes } = scene();
  devices.apply({ type: 'device.stats', id: a.id, stats: sample(0.9) });
  calm.look(true);
  assert.equal(cpu(), 0.1, 'not yet');
  state.now = RESORT_MS;
  calm.look(false);
  assert.equal(cpu(), 0.1, 'they do not count');
  calm.look(true);
  assert.deepEqual([cpu(), changes()], [0.9, 1]);
});

test('nothing moves while it is held, and what came meanwhile counts afterwards', () => {
  const { devices, a, state, calm, changes } = scene();
  state.held = true;
  state.now = 10 * RESORT_MS;
  devices.apply({ type: 'device', device: { ...a, online: false } });
  calm.look(true);
  assert.deepEqual([calm.reading.get()(a.id).online, changes()], [true, 0]);
  state.held = false;
  calm.look(false);
  assert.deepEqual([calm.reading.get()(a.id).online, changes()], [false, 1]);
});

test('a device that came while it was held is as it is', () => {
  const { devices, state, calm } = scene();
  state.held = true;
  const b = fakeDevice('b', { online: false });
  devices.apply({ type: 'device', device: b });
  calm.look(true);
  assert.equal(calm.reading.get()(b.id).online, false);
});
