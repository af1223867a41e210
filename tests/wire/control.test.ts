import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { encodeInput, type InputMessage, LIMITS } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { type KeyReporter, keyReporter } from '../support/x11/keyReporter.ts';
import { startXvfb } from '../support/x11/xvfb.ts';
import { deviceOf, House, type UserName } from './house.ts';
import type { WireChannel, WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const xvfb = await startXvfb({ width: 640, height: 480 });
house.keep({ [Symbol.asyncDispose]: () => xvfb.close() });
const { agent, id } = await house.device('desk', xvfb.display);
const reporter = await keyReporter(xvfb.display);
house.keep({ [Symbol.dispose]: () => reporter.close() });

const SHIFT = { keysym: 0xffe1, code: 'ShiftLeft' };
const A = { keysym: 0x41, code: 'KeyA' };

async function watcher(name: UserName): Promise<WirePortal> {
  const portal = await house.portal(name);
  portal.send({ type: 'subscribe' });
  await portal.openScreen(id);
  return portal;
}

function control(portal: WirePortal, take = true): Promise<WireChannel> {
  return portal.open(id, 'input', { take });
}

function act(channel: WireChannel, ...messages: InputMessage[]): void {
  for (const message of messages) channel.send(encodeInput(message));
}

/** Resolves once no key and no button is down on the display any more. */
async function everythingReleased({ events }: KeyReporter): Promise<void> {
  await eventually('everything is let go', async () => {
    await reporter.settle();
    const held = new Set<string>();
    for (const event of events) {
      if (event.type === 'motion') continue;
      const name = event.type === 'key' ? `key ${event.keycode}` : `button ${event.button}`;
      if (event.down) held.add(name);
      else held.delete(name);
    }
    return held.size === 0;
  });
}

/** Holds Shift, a letter and a button down, and waits until the display has it. */
async function holdMuch(channel: WireChannel): Promise<void> {
  reporter.clear();
  act(channel, { type: 'key', down: true, ...SHIFT }, { type: 'key', down: true, ...A });
  act(channel, { type: 'button', button: 0, down: true, x: 100, y: 50 });
  await eventually('the display has it', async () => {
    await reporter.settle();
    return reporter.events.some((event) => event.type === 'button' && event.down);
  });
  assert.ok(reporter.events.some((event) => event.type === 'key' && event.down && event.text === 'A'));
}

test('what the one in control types and clicks arrives', async () => {
  const portal = await watcher('oli');
  const channel = await control(portal);
  reporter.clear();
  act(channel, { type: 'text', text: 'Grüße, 漢 €' }, { type: 'button', button: 2, down: true, x: 33, y: 44 });
  act(
    channel,
    { type: 'button', button: 2, down: false, x: 33, y: 44 },
    { type: 'wheel', dx: 0, dy: 240, x: 33, y: 44 },
  );
  await eventually('all of it', async () => {
    await reporter.settle();
    return reporter.text() === 'Grüße, 漢 €' && reporter.events.filter(({ type }) => type === 'button').length === 6;
  });
  const buttons = reporter.events.flatMap((event) =>
    event.type === 'button' ? [[event.button, event.x, event.y]] : [],
  );
  assert.deepEqual(buttons[0], [3, 33, 44]);
  assert.deepEqual(buttons.at(-1), [5, 33, 44]);
  portal.closeChannel(channel);
});

const ENDINGS: Record<string, (portal: WirePortal, channel: WireChannel) => unknown> = {
  'is taken by another': async () => control(await watcher('ann')),
  'is closed': (portal, channel) => portal.closeChannel(channel),
  'ends with its connection': (portal) => portal.socket.terminate(),
  'ends with its session': (portal) => portal.api.request('DELETE', '/api/session'),
  'is switched off': async (portal) => {
    const path = `/api/devices/${id}/toggles/input`;
    for (const on of [false, true]) await portal.api.request('PUT', path, { body: { on } });
  },
  'asks for it': (_portal, channel) => act(channel, { type: 'release' }),
  'ends because it sends nonsense': (_portal, channel) => channel.send(Uint8Array.of(99)),
};

for (const [what, end] of Object.entries(ENDINGS)) {
  test(`no key stays down when control ${what}`, async () => {
    const portal = await watcher('oli');
    const channel = await control(portal);
    await holdMuch(channel);
    await end(portal, channel);
    await everythingReleased(reporter);
  });
}

test('control is refused politely, taken by insisting, and given to somebody who watches; all are told', async () => {
  const [ann, oli, vic] = [await watcher('ann'), await watcher('oli'), await watcher('vic')];
  const held = await control(ann);
  await assert.rejects(control(oli, false), /control\.busy/);
  await vic.told('device', ({ device }) => device.viewers.some((one) => one.id === ann.viewer && one.controlling));
  const taken = await control(oli);
  await eventually('the first is told', () => held.closedBy === 'control.taken');
  await vic.told('device', ({ device }) => device.viewers.some((one) => one.id === oli.viewer && one.controlling));
  const path = `/api/devices/${id}/control`;
  const foreign = await ann.api.request('POST', path, { body: { to: ann.viewer } });
  const nobody = await oli.api.request('POST', path, { body: { to: 'nobody' } });
  assert.deepEqual([foreign.status, nobody.status], [409, 404]);
  assert.equal((await oli.api.request('POST', path, { body: { to: ann.viewer } })).status, 204);
  await eventually('the giver is told', () => taken.closedBy === 'control.given');
  const offer = await ann.told('control.offered');
  assert.deepEqual([offer.device, offer.from], [id, 'oli']);
  const back = await control(ann, false);
  assert.equal(back.isOpen, true);
  const inControl = (await deviceOf(ann.api, 'desk'))?.viewers.filter(({ controlling }) => controlling);
  assert.deepEqual(
    inControl?.map((viewer) => viewer.id),
    [ann.viewer],
  );
});

test('a controller that sends more than the device granted loses its connection, and its keys', async () => {
  const portal = await watcher('oli');
  const channel = await control(portal);
  await holdMuch(channel);
  // A device that stands still grants nothing.
  agent.kill('SIGSTOP');
  const harmless = encodeInput({ type: 'key', down: false, keysym: 0, code: 'x'.repeat(32) });
  for (let sent = 0; sent <= LIMITS.reliableWindow; sent += harmless.byteLength) channel.send(harmless);
  const reason = await portal.closed;
  agent.kill('SIGCONT');
  assert.equal(reason, 'credit.exceeded');
  await everythingReleased(reporter);
});

test('keys are let go when the hub dies, and control can be had again when it is back', async () => {
  const portal = await watcher('ann');
  await holdMuch(await control(portal));
  house.hub.kill('SIGKILL');
  await everythingReleased(reporter);
  await house.hub.restart();
  await eventually('the agent is back', async () => (await deviceOf(await house.signIn(), 'desk'))?.online, 45_000);
  assert.equal((await control(await watcher('oli'))).isOpen, true);
});

test('keys are let go when the agent is ended', async () => {
  const portal = await watcher('ann');
  await holdMuch(await control(portal));
  agent.kill('SIGTERM');
  await everythingReleased(reporter);
});
