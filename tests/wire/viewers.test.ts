import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeCredit, encodeData, encodeScreen, GROUP_BIT, LIMITS, toAgent } from '@porthole/protocol';
import {
  FAKE_BOX_COLOR,
  FAKE_HEIGHT,
  FAKE_WIDTH,
  fakeColor,
} from '../../packages/agent/src/features/screen/backends/fake.ts';
import type { BufferViewer } from '../screen/bufferViewer.ts';
import { eventually } from '../support/eventually.ts';
import { createToken } from '../support/hub.ts';
import { processTree } from '../support/processes.ts';
import { deviceOf, House } from './house.ts';
import { WireAgent } from './wireAgent.ts';
import { type WireChannel, WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { agent, id } = await house.device('desk');

/** Whether a viewer sees the synthetic display, wherever its box is just now: the rest of the picture is known. */
function seesTheDisplay({ rgba }: BufferViewer): boolean {
  if (rgba.byteLength !== FAKE_WIDTH * FAKE_HEIGHT * 4) return false;
  let box = 0;
  for (let at = 0; at < rgba.byteLength; at += 4) {
    const color = (rgba.readUInt8(at) << 16) | (rgba.readUInt8(at + 1) << 8) | rgba.readUInt8(at + 2);
    const pixel = at / 4;
    if (color === FAKE_BOX_COLOR) box++;
    // Step 0 has the box at the left edge, and behind the box any step will do that has it elsewhere.
    else if (color !== background(pixel % FAKE_WIDTH, Math.floor(pixel / FAKE_WIDTH))) return false;
  }
  return box === 32 * 32;
}

function background(x: number, y: number): number {
  const color = fakeColor(x, y, 0);
  return color === FAKE_BOX_COLOR ? fakeColor(x, y, 50) : color;
}

function screenChild(): number | undefined {
  return processTree(agent.pid).find(({ command }) => command.includes('screen/host/main.ts'))?.pid;
}

test('a viewer sees the display, follows its changes, and can choose a monitor', async () => {
  const portal = await house.portal('vic');
  const { screen } = await portal.openScreen(id);
  await eventually('the picture', () => seesTheDisplay(screen));
  const { pictures } = screen;
  await eventually('more pictures', () => screen.pictures > pictures + 5);
  await eventually('the picture again', () => seesTheDisplay(screen));
  const half = await portal.open(id, 'screen', { monitor: 'right' });
  await eventually('half of it', () => half.screen.rgba.byteLength === (FAKE_WIDTH / 2) * FAKE_HEIGHT * 4);
  assert.deepEqual([half.screen.state?.monitor, half.screen.state?.monitors.length], ['right', 2]);
});

test('everybody who watches is named to everybody, once, until the last of their channels closes', async () => {
  const [ann, vic] = [await house.portal('ann'), await house.portal('vic')];
  for (const portal of [ann, vic]) portal.send({ type: 'subscribe' });
  const one = await vic.openScreen(id);
  const two = await vic.open(id, 'screen', { monitor: 'left' });
  const names = async () => {
    const device = await deviceOf(ann.api, 'desk');
    return device?.viewers.filter((viewer) => viewer.id === vic.viewer).map(({ user }) => user);
  };
  assert.deepEqual(await names(), ['vic']);
  await ann.told('device', ({ device }) => device.viewers.some((viewer) => viewer.id === vic.viewer));
  vic.closeChannel(one);
  await sleep(200);
  assert.deepEqual(await names(), ['vic']);
  vic.closeChannel(two);
  await eventually('nobody is named', async () => (await names())?.length === 0);
});

test('of ten viewers three acknowledge nothing: the others go on, and the three come back when they wake', async () => {
  const api = await house.signIn();
  const channels: WireChannel[] = [];
  for (let n = 0; n < 10; n++) {
    const portal = house.keep(await WirePortal.open(api));
    channels.push(await portal.openScreen(id));
  }
  const [silent, lively] = [channels.slice(0, 3), channels.slice(3)];
  for (const { screen } of channels) await eventually('every viewer sees it', () => seesTheDisplay(screen));
  for (const channel of silent) channel.isSilent = true;
  const before = lively.map(({ screen }) => screen.pictures);
  const goOn = () => lively.every(({ screen }, at) => screen.pictures > (before[at] ?? 0) + 60);
  await eventually('the others go on', goOn, 60_000);
  for (const { screen } of lively) await eventually('the others see it whole', () => seesTheDisplay(screen));
  for (const channel of silent) channel.speak();
  for (const { screen } of silent) {
    const { pictures } = screen;
    await eventually('the silent ones come back', () => screen.pictures > pictures && seesTheDisplay(screen));
  }
});

/** Lets a device under our hand accept every channel, all in one group. */
function acceptAll(device: WireAgent): void {
  device.socket.on('message', (data: Buffer, isBinary) => {
    const parsed = isBinary ? undefined : toAgent['channel.open'].schema.safeParse(JSON.parse(data.toString('utf8')));
    if (!parsed?.success || parsed.data.grant.feature !== 'screen') return;
    const { channel } = parsed.data.grant;
    device.say({ type: 'channel.opened', channel });
    device.say({ type: 'channel.group', channel, group: GROUP_BIT + 1 });
  });
}

test('of twenty megabytes a silent viewer is sent one window, however many others take them all', async () => {
  using device = await WireAgent.enrol(house.hub.url, await createToken(house.hub), { name: 'flood' });
  acceptAll(device);
  const api = await house.signIn();
  const flood = (await deviceOf(api, 'flood'))?.id ?? '';
  const channels: WireChannel[] = [];
  for (let n = 0; n < 10; n++) channels.push(await house.keep(await WirePortal.open(api)).openScreen(flood));
  const [silent, lively] = [channels.slice(0, 3), channels.slice(3)];
  for (const channel of silent) channel.isSilent = true;
  const rgba = new Uint8Array(128 * 128 * 4);
  const message = encodeScreen({ type: 'cursor', width: 128, height: 128, hotX: 0, hotY: 0, rgba });
  const count = Math.ceil(20_000_000 / message.byteLength);
  for (let n = 1; n <= count; n++) {
    device.socket.send(encodeData(GROUP_BIT + 1, message, true));
    const arrived = () => lively.every(({ bytes }) => bytes === n * message.byteLength);
    await eventually(`message ${n} has arrived`, arrived);
  }
  const window = Math.floor(LIMITS.lossyWindow / message.byteLength) * message.byteLength;
  assert.deepEqual(
    silent.map(({ bytes }) => bytes),
    [window, window, window],
  );
  for (const channel of silent) channel.speak();
  const lagged = () => device.texts.filter((text) => text.includes('"channel.lagged"')).length;
  await eventually('the device is asked for a whole, once for each', () => lagged() === 3);
  device.socket.send(encodeData(GROUP_BIT + 1, message, true));
  await eventually('they get on', () => silent.every(({ bytes }) => bytes === window + message.byteLength));
});

test('viewers that do not even read their sockets hold up nobody', async () => {
  const api = await house.signIn();
  const stalled: WirePortal[] = [];
  for (let n = 0; n < 3; n++) {
    const portal = house.keep(await WirePortal.open(api));
    await portal.openScreen(id);
    portal.socket.pause();
    stalled.push(portal);
  }
  const portal = await house.portal('vic');
  const { screen } = await portal.openScreen(id);
  await eventually('sixty pictures', () => screen.pictures > 60, 30_000);
  await eventually('and the right one', () => seesTheDisplay(screen));
  for (const { socket } of stalled) socket.terminate();
});

test('a viewer that acknowledges more than it got loses its connection and nobody else', async () => {
  const [greedy, portal] = [await house.portal(), await house.portal('vic')];
  const { screen } = await portal.openScreen(id);
  const channel = await greedy.openScreen(id);
  greedy.socket.send(encodeCredit(channel.id, LIMITS.lossyWindow * 2));
  assert.equal(await greedy.closed, 'credit.exceeded');
  const { pictures } = screen;
  await eventually('the other goes on', () => screen.pictures > pictures + 5);
});

test('the screen process is killed: its viewers see the display again without opening anything', async () => {
  const portal = await house.portal('vic');
  const channel = await portal.openScreen(id);
  await eventually('the picture', () => seesTheDisplay(channel.screen));
  for (let kills = 0; kills < 2; kills++) {
    const pid = await eventually('the screen process runs', screenChild);
    process.kill(pid, 'SIGKILL');
    await eventually('there is another one', () => (screenChild() ?? pid) !== pid, 30_000);
    const { pictures } = channel.screen;
    await eventually('pictures come again', () => channel.screen.pictures > pictures + 10, 30_000);
    await eventually('and the right one', () => seesTheDisplay(channel.screen));
  }
  assert.equal(channel.closedBy, undefined);
});

test('when the last viewer has left, nothing is captured any more, and the screen process ends', async () => {
  const { agent: own, id: other } = await house.device('lonely');
  const child = () => processTree(own.pid).find(({ command }) => command.includes('screen/host/main.ts'));
  assert.equal(child(), undefined, 'nobody watched yet');
  const portals = [await house.portal('ann'), await house.portal('vic')];
  for (const portal of portals) await portal.openScreen(other);
  assert.notEqual(child(), undefined);
  portals[0]?.socket.terminate();
  await sleep(500);
  assert.notEqual(child(), undefined, 'one still watches');
  portals[1]?.socket.terminate();
  await eventually('it does nothing', async () => {
    const before = child()?.ticks;
    await sleep(1_500);
    return child()?.ticks === before;
  });
  await eventually('it has ended', () => child() === undefined, 40_000);
});

test('a device with too many channels refuses more, and nobody stays behind as its viewer', async () => {
  using device = await WireAgent.enrol(house.hub.url, await createToken(house.hub), { name: 'crowded' });
  const api = await house.signIn();
  const crowded = (await deviceOf(api, 'crowded'))?.id ?? '';
  const portals: WirePortal[] = [];
  const refused: WireChannel[] = [];
  for (let n = 0; n < 9; n++) {
    const portal = house.keep(await WirePortal.open(api));
    portals.push(portal);
    const tickets = await Promise.all(
      Array.from({ length: LIMITS.channelsPerLink }, () => portal.ticket(crowded, 'screen')),
    );
    const channels = tickets.map((ticket) => portal.ask(ticket, 'screen', { monitor: '' }));
    await eventually('the hub has taken them', async () => {
      portal.send({ type: 'ping', sentAt: n });
      return portal.all('pong').some(({ sentAt }) => sentAt === n);
    });
    refused.push(...channels.filter(({ closedBy }) => closedBy === 'channel.limit'));
  }
  assert.ok(refused.length > LIMITS.channelsPerLink, 'the last ones found no room');
  assert.equal(device.socket.readyState, device.socket.OPEN);
  const ninth = portals.at(-1)?.viewer;
  const viewers = (await deviceOf(api, 'crowded'))?.viewers ?? [];
  assert.equal(
    viewers.some((viewer) => viewer.id === ninth),
    false,
  );
  for (const portal of portals) portal.socket.terminate();
  await eventually('nobody is left', async () => (await deviceOf(api, 'crowded'))?.viewers.length === 0);
});
