import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { History } from '@porthole/protocol';
import type { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { deviceOf, House } from './house.ts';
import { SampleDevice } from './sampleDevice.ts';

const HOUR = 3_600_000;
/** Runs in the hub before its own code: a signal sets its clock three hours forward, and the next one back again. */
const CLOCK = `const now = Date.now; let ahead = 0;
Date.now = () => now() + ahead;
process.on('SIGUSR2', () => { ahead = ${3 * HOUR} - ahead; process.stderr.write('ahead ' + ahead + '.'); });`;

process.env.NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(CLOCK)}`;
const house = await House.start();
delete process.env.NODE_OPTIONS;
after(() => house.close());

test('when the clock of the hub jumps forward and back, what came is known at its time, once', async () => {
  const { hub } = house;
  const api = await house.signIn();
  const device = house.keep(await new SampleDevice(hub).enrol('desk'));
  const id = await eventually('the device is there', async () => (await deviceOf(api, 'desk'))?.id);
  const feed = await device.feed();
  const asked = Date.now();
  // In which steps a sample lies depends on when the test runs; in which hour does not.
  const cpu = async (by: ApiClient) => {
    const range = `from=${asked - HOUR}&to=${asked + 4 * HOUR}&points=100`;
    const { from, step, series } = await by.get<History>(`/api/devices/${id}/history?${range}`);
    const steps = (series.cpu?.high ?? []).flatMap((high, index) => {
      const mean = series.cpu?.mean[index];
      const hour = Math.round((from + index * step - asked) / HOUR);
      return high === null || mean == null ? [] : [{ hour, high: Math.round(high * 100), mean }];
    });
    return Map.groupBy(steps, ({ hour }) => hour);
  };
  const highs = async (by = api) =>
    [...(await cpu(by))].map(([hour, steps]) => `${Math.max(...steps.map(({ high }) => high))} at ${hour} h`);
  const record = async (load: number) => {
    device.sample(feed, { cpu: load, at: 0 });
    const high = `${load * 100} at`;
    await eventually(`${load} is on disk`, async () => (await highs()).some((known) => known.startsWith(high)));
  };
  const jump = async (ahead: number) => {
    hub.kill('SIGUSR2');
    await eventually('the clock is another', () => hub.output.stderr.includes(`ahead ${ahead}.`));
  };
  await record(0.25);
  await jump(3 * HOUR);
  await record(0.5);
  await jump(0);
  await record(0.75);
  assert.deepEqual(await highs(), ['75 at 0 h', '50 at 3 h']);
  hub.kill('SIGKILL');
  await hub.restart();
  const later = await house.signIn();
  assert.deepEqual(await highs(later), ['75 at 0 h', '50 at 3 h']);
  const means = (await cpu(later)).get(0)?.map(({ mean }) => mean) ?? [];
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  assert.ok(mean > 0.25 && mean < 0.75, `the first and the last sample count in ${mean}`);
});
