import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Device, SendingSettings } from '@porthole/protocol';
import { CountedLink } from '../support/countedLink.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/freePort.ts';
import { createToken } from '../support/hub.ts';
import { porthole } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { deviceOf, House } from './house.ts';

/** What a device may send while nobody looks, in bytes a second, both ways together. */
const QUIET = 200;
/** What keeps both connections alive, and nothing else. */
const PULSE = 100;
/** What holds the connections takes about this long to come to rest. */
const SETTLE_MS = 1_000;

test('a device that nobody looks at sends next to nothing: with its record at six times the usual pace, and without', async (t) => {
  const port = await freePort();
  await using link = await CountedLink.open(port);
  const urls = [`https://localhost:${port}`, `https://localhost:${link.port}`];
  const house = await House.start({ listen: `127.0.0.1:${port}`, args: urls.flatMap((url) => ['--public-url', url]) });
  t.after(() => house.close());
  using folder = new TempDir();
  const token = await createToken(house.hub);
  const args = ['agent', '--hub', urls[1] ?? '', '--data', folder.path, '--name', 'quiet', '--display', 'fake'];
  await using agent = porthole([...args, '--token', token], { env: { PORTHOLE_TOKEN: undefined } });
  await agent.printed(/^Connected to /m);
  const portal = await house.portal();
  portal.send({ type: 'subscribe' });
  const device: Device = await eventually('the device is there', () => deviceOf(portal.api, 'quiet'));
  const set = async (change: Partial<SendingSettings>) => {
    const body = { ...device.sending.settings, ...change };
    const { status } = await portal.api.request('PUT', `/api/devices/${device.id}/settings/sending`, { body });
    assert.equal(status, 204);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  };
  const samples = () => portal.all('device.stats').length;

  await set({ recordMs: 10_000 });
  const recorded = await link.rate(10_500);
  assert.ok(recorded > 0 && recorded <= QUIET, `${recorded} bytes a second with the record`);

  await set({ recordMs: 0 });
  portal.send({ type: 'watch', stats: [device.id], thumbnails: [device.id] });
  await eventually('somebody sees it', () => samples() > 1);
  const watched = await link.rate(1_500);
  portal.send({ type: 'watch', stats: [], thumbnails: [] });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const silent = await link.rate(4_000);
  assert.ok(silent <= PULSE, `${silent} bytes a second without the record`);
  assert.ok(watched > 2 * silent, `${watched} bytes a second while somebody looks`);
  t.diagnostic(`bytes a second: ${[recorded, watched, silent].map(Math.round).join(', ')}`);
});
