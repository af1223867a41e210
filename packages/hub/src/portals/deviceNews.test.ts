import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import {
  ALL_ON,
  DEFAULT_SCREEN_SETTINGS,
  DEFAULT_SENDING_SETTINGS,
  DEFAULT_TERMINAL_SETTINGS,
  type Device,
  EMPTY_PROFILE,
  LIMITS,
  type MessageOf,
  type StatsSample,
  type toPortal,
} from '@porthole/protocol';
import { DeviceNews } from './deviceNews.ts';

type News = MessageOf<typeof toPortal>;

function device(id: string, name: string): Device {
  return {
    id,
    name,
    online: true,
    since: 0,
    description: { hostname: '', system: '', architecture: '', version: '' },
    stats: null,
    thumbnail: null,
    toggles: ALL_ON,
    screenSettings: DEFAULT_SCREEN_SETTINGS,
    terminalSettings: DEFAULT_TERMINAL_SETTINGS,
    sending: { settings: DEFAULT_SENDING_SETTINGS, own: false },
    profile: EMPTY_PROFILE,
    traits: { wakeable: false },
    alerts: 0,
    viewers: [],
    capabilities: ['view'],
  };
}

function sample(at: number): StatsSample {
  return { at, cpu: 0, memory: { used: 0, total: 1 } };
}

/** News for one portal, on a clock of its own. */
function subscribe() {
  mock.timers.enable({ apis: ['setTimeout'] });
  const devices = new Map<string, Device>();
  const sent: News[] = [];
  const portal = { backlog: 0 };
  const news = new DeviceNews({
    show: (id) => devices.get(id),
    send: (message) => sent.push(message),
    sendText: (text) => sent.push(JSON.parse(text)),
    backlog: () => portal.backlog,
  });
  return { devices, sent, portal, news };
}

/** Lets everything be said that waits for its turn. */
async function turns(): Promise<void> {
  for (let n = 0; n < 10; n++) await new Promise((resolve) => setImmediate(resolve));
  mock.timers.tick(1);
}

test('all devices are told in messages of sixteen, and none at all in one that is empty', async (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  news.snapshot([]);
  assert.deepEqual(sent.splice(0), [{ type: 'devices', devices: [], more: false }]);
  for (let n = 0; n < 33; n++) devices.set(`d${n}`, device(`d${n}`, 'x'));
  news.snapshot([...devices.keys(), 'not theirs']);
  await turns();
  const parts = sent.map((message) => message.type === 'devices' && [message.devices.length, message.more]);
  assert.deepEqual(parts, [
    [16, true],
    [16, true],
    [1, false],
  ]);
});

test('devices with long notes go in messages that stay within what a control message may hold', async (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  const notes = '字'.repeat(10_000);
  for (let n = 0; n < 20; n++) {
    devices.set(`d${n}`, { ...device(`d${n}`, 'x'), profile: { ...EMPTY_PROFILE, notes } });
  }
  news.snapshot([...devices.keys()]);
  await turns();
  assert.ok(sent.every((message) => JSON.stringify(message).length < LIMITS.control));
  assert.equal(sent.flatMap((message) => (message.type === 'devices' ? message.devices : [])).length, 20);
  assert.deepEqual(
    sent.map((message) => message.type === 'devices' && message.more),
    [true, true, true, true, false],
  );
});

test('what changes while everything is told comes behind it, and as it is then', async (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  for (let n = 0; n < 40; n++) devices.set(`d${n}`, device(`d${n}`, 'first'));
  news.snapshot([...devices.keys()]);
  assert.equal(sent.length, 1, 'the rest has to wait for its turn');
  for (const id of ['d0', 'd39']) {
    devices.set(id, device(id, 'second'));
    news.changed(id);
  }
  devices.delete('d1');
  news.changed('d1');
  await turns();
  const last = sent.findIndex((message) => message.type === 'devices' && !message.more);
  assert.deepEqual(sent.slice(last + 1), [
    { type: 'device', device: device('d0', 'second') },
    { type: 'device.removed', id: 'd1' },
  ]);
  assert.equal(devices.size, 39);
});

test('of a device that is not on the screen a sample is told now and then', (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  devices.set('a', device('a', 'one'));
  for (let n = 0; n < 5; n++) {
    news.sampled('a', sample(n), false);
    mock.timers.tick(1);
  }
  assert.deepEqual(sent, [{ type: 'device.stats', id: 'a', stats: sample(0) }]);
  news.sampled('a', sample(9), true);
  mock.timers.tick(1);
  assert.deepEqual(sent[1], { type: 'device.stats', id: 'a', stats: sample(9) });
});

test('a slow portal is told the last state once, however often it changed meanwhile', (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, portal, news } = subscribe();
  portal.backlog = 10_000_000;
  for (let n = 1; n <= 1_000; n++) {
    devices.set('a', device('a', `name ${n}`));
    news.changed('a');
    news.sampled('a', sample(n));
    mock.timers.tick(10);
  }
  assert.deepEqual(sent, []);
  portal.backlog = 0;
  mock.timers.tick(1_000);
  assert.deepEqual(sent, [
    { type: 'device', device: device('a', 'name 1000') },
    { type: 'device.stats', id: 'a', stats: sample(1_000) },
  ]);
});

test('changes of one moment are told together, and what looks as before is not told again', (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  devices.set('a', device('a', 'one'));
  news.snapshot(['a']);
  sent.length = 0;
  for (let n = 0; n < 5; n++) news.changed('a');
  mock.timers.tick(1);
  assert.deepEqual(sent, [], 'nothing that can be seen has changed');
  devices.set('a', device('a', 'two'));
  for (let n = 0; n < 5; n++) news.changed('a');
  mock.timers.tick(1);
  news.changed('a');
  mock.timers.tick(1);
  assert.deepEqual(sent, [{ type: 'device', device: device('a', 'two') }]);
});

test('a device that goes is told gone once, and never to a portal that did not know it', (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  news.changed('never seen');
  mock.timers.tick(1);
  assert.equal(sent.length, 0);
  devices.set('a', device('a', 'one'));
  news.changed('a');
  mock.timers.tick(1);
  news.sampled('a', sample(1));
  devices.delete('a');
  news.changed('a');
  mock.timers.tick(1);
  news.changed('a');
  mock.timers.tick(1);
  assert.deepEqual(sent.slice(1), [{ type: 'device.removed', id: 'a' }]);
  devices.set('a', device('a', 'one'));
  news.changed('a');
  mock.timers.tick(1);
  assert.equal(sent.at(-1)?.type, 'device', 'one that comes back is told again');
});

test('a portal that is gone is told nothing', (t) => {
  t.after(() => mock.timers.reset());
  const { devices, sent, news } = subscribe();
  devices.set('a', device('a', 'one'));
  news.changed('a');
  news.close();
  news.changed('a');
  news.sampled('a', sample(1));
  mock.timers.tick(1_000);
  assert.deepEqual(sent, []);
});
