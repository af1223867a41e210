import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startAgent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { type Painter, painter } from '../support/x11/painter.ts';
import { startXvfb } from '../support/x11/xvfb.ts';
import { deviceOf, House } from './house.ts';
import type { WireChannel } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());

/** Resolves when a viewer has the display, pixel for pixel. */
async function seesAll({ screen }: WireChannel, brush: Painter): Promise<void> {
  const { data, width, height } = await brush.read();
  const expected = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < data.byteLength; at += 4) {
    expected.set([data[at + 2] ?? 0, data[at + 1] ?? 0, data[at] ?? 0], at);
  }
  await eventually('the viewer sees the display', () => screen.rgba.equals(expected));
}

test('a real display is seen pixel for pixel, through a change of its size, its end, and its return', async () => {
  await using server = { current: await startXvfb({ width: 400, height: 300 }), [Symbol.asyncDispose]: () => end() };
  const end = () => server.current.close();
  const { display } = server.current;
  const { id } = await house.device('real', display);
  const portal = await house.portal('vic');
  const channel = await portal.openScreen(id);
  const brush = await painter(display);
  await brush.fill({ x: 10, y: 20, width: 200, height: 100, color: 0x336699 });
  await brush.fill({ x: 399, y: 299, width: 1, height: 1, color: 0xffffff });
  await seesAll(channel, brush);
  assert.equal(await brush.resize(320, 200), true);
  await eventually('the new size', () => channel.screen.state?.width === 320);
  await brush.fill({ x: 300, y: 180, width: 20, height: 20, color: 0xff0000 });
  await seesAll(channel, brush);
  brush.close();
  await server.current.kill();
  await eventually('the viewer is told', () => channel.screen.state?.display !== 'ok');
  server.current = await startXvfb({ width: 500, height: 260, display: display.slice(1) });
  const later = await painter(display);
  await later.fill({ x: 0, y: 0, width: 30, height: 30, color: 0x00ff00 });
  await eventually('the display is back', () => channel.screen.state?.width === 500, 30_000);
  await seesAll(channel, later);
  assert.equal(channel.closedBy, undefined, 'and nobody opened anything anew');
  later.close();
});

test('a device without a display is online, and its viewers are told what is missing', async () => {
  const { id, agent } = await house.device('blind', ':987');
  const portal = await house.portal();
  const channel = await portal.openScreen(id);
  await eventually('the viewer is told', () => channel.screen.state?.display === 'missing');
  await assert.rejects(portal.open(id, 'input', { take: true }), /display\.missing/);
  portal.send({ type: 'subscribe' });
  portal.send({ type: 'watch', stats: [id], thumbnails: [id] });
  await portal.told('device.stats');
  const device = await deviceOf(portal.api, 'blind');
  assert.deepEqual([device?.online, device?.thumbnail], [true, null]);
  assert.match(agent.output.stderr, /:987/);
});

test("what the device's owner forbids is refused on the device, whoever asks", async () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'policy.json'), '{"allow": ["view"]}');
  await using agent = await startAgent({ hub: house.hub, display: 'fake', name: 'own', data: folder.path });
  const portal = await house.portal('ann');
  const id = (await deviceOf(portal.api, 'own'))?.id ?? '';
  await assert.rejects(portal.open(id, 'input', { take: true }), /policy\.denied/);
  assert.deepEqual((await deviceOf(portal.api, 'own'))?.viewers, [], 'the seat is free again');
  const { screen } = await portal.openScreen(id);
  await eventually('what is allowed works', () => screen.pictures > 2);
  portal.send({ type: 'subscribe' });
  portal.send({ type: 'watch', stats: [id], thumbnails: [] });
  await eventually('pictures go on', () => screen.pictures > 60, 30_000);
  assert.deepEqual(
    portal.all('device.stats').filter((news) => news.id === id),
    [],
  );
  assert.equal(agent.output.stderr, '');
});
