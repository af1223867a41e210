import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import type { Alert, AlertRule, AlertRuleBody, Device, History, HistoryTop, WebhookBody } from '@porthole/protocol';
import type { ApiClient } from '../support/apiClient.ts';
import { eventually } from '../support/eventually.ts';
import { deviceOf, House } from './house.ts';
import { SampleDevice } from './sampleDevice.ts';
import type { WirePortal } from './wirePortal.ts';

const house = await House.start();
after(() => house.close());
const { hub } = house;

/** A device that is under the test's hand, as the hub knows it. */
async function sampleDevice(name: string): Promise<{ device: SampleDevice; id: string }> {
  const device = house.keep(await new SampleDevice(hub).enrol(name));
  const api = await house.signIn();
  return { device, id: await eventually(`${name} is there`, async () => (await deviceOf(api, name))?.id) };
}

async function subscriber(name: 'ann' | 'vic', ...stats: string[]): Promise<WirePortal> {
  const portal = await house.portal(name);
  portal.send({ type: 'subscribe' });
  portal.send({ type: 'watch', stats, thumbnails: [] });
  await portal.told('devices');
  return portal;
}

/** The last hour, as the hub knows it. */
function historyOf(api: ApiClient, id: string): Promise<History> {
  const now = Date.now();
  return api.get(`/api/devices/${id}/history?from=${now - 3_600_000}&to=${now + 60_000}&points=2000`);
}

function seen(history: History, figure: 'cpu' | 'gpu' = 'cpu'): Set<number> {
  const highs = history.series[figure]?.high ?? [];
  return new Set(highs.flatMap((value) => (value === null ? [] : [Math.round(value * 100)])));
}

test('what was is still known after kill -9 of the hub, and goes on', async () => {
  const { device, id } = await sampleDevice('kept');
  await subscriber('ann', id);
  const live = await device.feed(({ intervalMs }) => intervalMs === 1_000);
  device.sample(live, { cpu: 0.25, top: [{ pid: 77, name: 'compiler', cpu: 1.5, memory: 1_000 }] });
  const before = await house.signIn();
  await eventually('the sample is on disk', async () => seen(await historyOf(before, id)).has(25));
  hub.kill('SIGKILL');
  await hub.restart();
  await device.reconnect();
  const api = await house.signIn();
  assert.deepEqual([...seen(await historyOf(api, id))], [25]);
  const idle = await device.feed(({ intervalMs }) => intervalMs === 60_000);
  device.sample(idle, { cpu: 0.75 });
  const now = await eventually('the next sample is there', async () => {
    const history = await historyOf(api, id);
    return seen(history).has(75) ? history : undefined;
  });
  // The two may share a step, whose highest is the later one's; its mean is of both.
  const means = now.series.cpu?.mean.filter((value) => value !== null) ?? [];
  assert.ok(Math.min(...means) < 0.7, `${means}`);
  assert.equal(now.series.gpu, undefined);
  const top = await api.get<HistoryTop>(`/api/devices/${id}/history/top?at=${Date.now()}`);
  assert.equal(top.top[0]?.name, 'compiler');
  await api.request('DELETE', `/api/devices/${id}`);
  assert.equal((await api.request('GET', `/api/devices/${id}/history?from=1&to=2`)).status, 404);
});

test('figures and names that lie end the feed of who sends them, and nobody else notices', async () => {
  const { device: honest, id: other } = await sampleDevice('honest');
  const portal = await subscriber('ann', other);
  const good = { at: 1, cpu: 0.5, memory: { used: 1, total: 2 } };
  const lies = [
    { ...good, cpu: 1.01 },
    { ...good, memory: { used: -1, total: 2 } },
    { ...good, temperature: 5_000 },
    { ...good, top: new Array(7).fill({ pid: 1, name: 'x', cpu: 0, memory: 0 }) },
    { ...good, top: [{ pid: 1, name: 'x'.repeat(257), cpu: 0, memory: 0 }] },
    { ...good, missing: [{}] },
    { ...good, unknown: 1 },
    '{"at":0,"cpu":NaN}',
    `{"at":0,"cpu":0,"memory":{"used":1,"total":1e999}}`,
    JSON.stringify({ ...good, missing: new Array(32).fill('字'.repeat(256)) }),
  ];
  const { device, id } = await sampleDevice('liar');
  for (const lie of lies) {
    const feed = await device.feed();
    device.raw(feed.channel, lie);
    await eventually(`${JSON.stringify(lie).slice(0, 60)} ends the feed`, () => device.isClosed(feed.channel));
    await device.reconnect();
  }
  const strange = await device.feed();
  const name = `<script>\u202e${'\u0301'.repeat(200)}`;
  device.sample(strange, { cpu: 0.5, top: [{ pid: 9, name, cpu: 1e308, memory: 1e308 }] });
  const history = await eventually('what is allowed is kept', async () => {
    const found = await historyOf(portal.api, id);
    return seen(found).size > 0 ? found : undefined;
  });
  assert.deepEqual([...seen(history)], [50]);
  const { top } = await portal.api.get<HistoryTop>(`/api/devices/${id}/history/top?at=${Date.now()}`);
  assert.ok(top[0] && top[0].name.length <= 64 && top[0].name.startsWith('<script>'));
  honest.sample(await honest.feed(({ intervalMs }) => intervalMs === 1_000), { cpu: 0.125 });
  await portal.told('device.stats', ({ stats }) => stats.cpu === 0.125);
});

/** A real server of the own network that notes what it is told. */
async function webhookServer() {
  const told: WebhookBody[] = [];
  const server = createServer(async (request, reply) => {
    told.push(JSON.parse(await text(request)));
    reply.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  house.keep({ [Symbol.dispose]: () => server.close() });
  return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test('a program that is missed is an alert, once, for everybody and the webhook, also after kill -9 of the hub', async () => {
  const { device, id } = await sampleDevice('guarded');
  const hook = await webhookServer();
  const ann = await subscriber('ann', id);
  const vic = await subscriber('vic');
  assert.deepEqual((await vic.told('alerts')).alerts, []);
  const set = await ann.api.request('PUT', '/api/settings/webhook', { body: { url: hook.url } });
  assert.equal(set.status, 204);
  const body: AlertRuleBody = {
    kind: 'process',
    scope: { kind: 'device', device: id },
    threshold: null,
    forMs: 0,
    process: 'nginx',
    enabled: true,
  };
  const rule = await ann.api.post<AlertRule>('/api/alerts/rules', body);
  const feed = await device.feed(({ programs }) => programs === 'nginx');
  for (let n = 0; n < 3; n++) device.sample(feed, { missing: ['nginx'] });
  for (const portal of [ann, vic]) {
    const { alerts } = await portal.told('alerts', (message) => message.alerts.length > 0);
    assert.deepEqual(
      [alerts.length, alerts[0]?.kind, alerts[0]?.device, alerts[0]?.process],
      [1, 'process', id, 'nginx'],
    );
  }
  await ann.told('device', (message) => message.device.id === id && message.device.alerts === 1);
  await eventually('the webhook hears of it', () => hook.told.length > 0);
  hub.kill('SIGKILL');
  await hub.restart();
  await device.reconnect();
  const api = await house.signIn();
  device.sample(await device.feed(({ programs }) => programs === 'nginx'), { missing: ['nginx'] });
  await eventually('a sample came', async () => (await api.get<Device>(`/api/devices/${id}`)).stats?.missing);
  const [alert] = (await api.get<{ alerts: Alert[] }>('/api/alerts')).alerts;
  assert.equal((await api.get<Device>(`/api/devices/${id}`)).alerts, 1);
  assert.equal((await api.request('DELETE', `/api/alerts/rules/${rule.id}`)).status, 204);
  const past = await (await house.signIn('vic')).get<{ alerts: Alert[] }>('/api/alerts/past');
  assert.deepEqual(
    past.alerts.map((over) => [over.id, over.clearedAt !== null]),
    [[alert?.id, true]],
  );
  assert.deepEqual((await api.get<{ alerts: Alert[] }>('/api/alerts')).alerts, []);
  await eventually('the webhook hears the end', () => hook.told.length > 1);
  assert.deepEqual(
    hook.told.map(({ event, device, alert: of }) => [event, device?.name, of?.id]),
    [
      ['raised', 'guarded', alert?.id],
      ['cleared', 'guarded', alert?.id],
    ],
  );
});

test('rules, the webhook and what is kept are for admins, and for nobody else there', async () => {
  const [ann, vic] = [await house.signIn('ann'), await house.signIn('vic')];
  const asked = ['/api/alerts/rules', '/api/settings/webhook', '/api/settings/history'];
  for (const path of asked) {
    assert.equal((await ann.request('GET', path)).status, 200, path);
    assert.equal((await vic.request('GET', path)).status, 404, path);
  }
  const { rules } = await ann.get<{ rules: AlertRule[] }>('/api/alerts/rules');
  assert.deepEqual(
    rules.map(({ kind }) => kind),
    ['offline', 'disk', 'cpu', 'memory', 'temperature'],
  );
  const outside = await ann.request('PUT', '/api/settings/webhook', { body: { url: 'http://198.51.100.7/' } });
  assert.deepEqual([outside.status, outside.json<{ code: string }>().code], [400, 'webhook.outside']);
  const kept = { rawMs: 600_000, minuteMs: 3_600_000, quarterMs: 86_400_000, hourMs: 86_400_000 };
  assert.equal((await ann.request('PUT', '/api/settings/history', { body: kept })).status, 204);
  assert.deepEqual(await ann.get('/api/settings/history'), kept);
  assert.equal((await ann.request('PUT', '/api/settings/history', { body: { ...kept, rawMs: 1 } })).status, 400);
});
