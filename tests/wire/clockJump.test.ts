import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { History } from '@porthole/protocol';
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
  const history = () =>
    api.get<History>(`/api/devices/${id}/history?from=${asked - HOUR}&to=${asked + 4 * HOUR}&points=100`);
  const highs = async () => {
    const { from, step, series } = await history();
    return (series.cpu?.high ?? []).flatMap((value, index) => {
      const hours = Math.round((from + index * step - asked) / HOUR);
      return value === null ? [] : [`${Math.round(value * 100)} at ${hours} h`];
    });
  };
  const record = async (cpu: number) => {
    device.sample(feed, { cpu, at: 0 });
    await eventually(`${cpu} is on disk`, async () => (await highs()).some((high) => high.startsWith(`${cpu * 100} `)));
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
  // The first and the last share a step, whose highest is the last.
  assert.deepEqual(await highs(), ['75 at 0 h', '50 at 3 h']);
  hub.kill('SIGKILL');
  await hub.restart();
  const later = await house.signIn();
  const kept = await later.get<History>(
    `/api/devices/${id}/history?from=${asked - HOUR}&to=${asked + 4 * HOUR}&points=100`,
  );
  assert.equal(kept.series.cpu?.high.filter((value) => value !== null).length, 2);
  const mean = kept.series.cpu?.mean.find((value) => value !== null) ?? 0;
  assert.ok(mean > 0.25 && mean < 0.75, `both samples count in ${mean}`);
});
