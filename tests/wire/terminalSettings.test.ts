import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { DEFAULT_TERMINAL_SETTINGS, type TerminalSettings } from '@porthole/protocol';
import { eventually } from '../support/eventually.ts';
import { createToken } from '../support/hub.ts';
import { deviceOf, House } from './house.ts';
import { WireAgent } from './wireAgent.ts';

const house = await House.start();
after(() => house.close());
const SETTINGS: TerminalSettings = { record: true, keepMinutes: 5 };

const told = (agent: WireAgent) => agent.texts.filter((text) => text.includes('"terminal.settings"'));

test('a device is told what holds for its terminals when it connects, and whenever it changes', async () => {
  const agent = house.keep(await WireAgent.enrol(house.hub.url, await createToken(house.hub), { name: 'desk' }));
  await eventually('it is told the defaults', () => told(agent).length === 1);
  assert.deepEqual(JSON.parse(told(agent)[0] ?? ''), {
    type: 'terminal.settings',
    settings: DEFAULT_TERMINAL_SETTINGS,
  });
  const api = await house.signIn();
  const id = (await deviceOf(api, 'desk'))?.id;
  const path = `/api/devices/${id}/settings/terminal`;
  for (const body of [SETTINGS, SETTINGS]) assert.equal((await api.request('PUT', path, { body })).status, 204);
  await eventually('it is told the change', () => told(agent).length === 2);
  assert.deepEqual(JSON.parse(told(agent)[1] ?? '').settings, SETTINGS);
  assert.deepEqual((await deviceOf(await house.signIn('vic'), 'desk'))?.terminalSettings, SETTINGS);
  house.hub.kill('SIGKILL');
  await house.hub.restart();
  assert.deepEqual((await deviceOf(await house.signIn(), 'desk'))?.terminalSettings, SETTINGS);
});

test('only an administrator sets it, and only what makes sense', async () => {
  const api = await house.signIn();
  const path = `/api/devices/${(await deviceOf(api, 'desk'))?.id}/settings/terminal`;
  for (const body of [{}, { record: true }, { record: 1, keepMinutes: 5 }, { ...SETTINGS, keepMinutes: 0 }]) {
    assert.equal((await api.request('PUT', path, { body })).status, 400);
  }
  for (const name of ['oli', 'vic'] as const) {
    const other = await house.signIn(name);
    assert.equal((await other.request('PUT', path, { body: { ...SETTINGS, record: false } })).status, 404);
  }
});

test('opening a terminal is in the log with what was asked, looking at the list is not, and commands are the hub’s alone', async () => {
  const { id } = await house.device('lap');
  const portal = await house.portal('oli');
  const list = await portal.open(id, 'terminal', { operation: 'list' });
  await portal.open(id, 'terminal', { operation: 'attach' });
  portal.closeChannel(list);
  await assert.rejects(portal.open(id, 'commands', {}), /feature\.unsupported/);
  const viewer = await house.portal('vic');
  await viewer.open(id, 'terminal', { operation: 'list' });
  await assert.rejects(viewer.open(id, 'terminal', { operation: 'open' }), /not-found/);
  using log = new DatabaseSync(join(house.hub.data, 'hub.sqlite'), { readOnly: true });
  const opened = log.prepare("SELECT actor, target, detail FROM audit WHERE action = 'terminal.open'").all();
  assert.deepEqual(
    opened.map(({ actor, target, detail }) => [actor, target, JSON.parse(String(detail)).operation]),
    [['oli', id, 'attach']],
  );
});
