import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { Device } from '@porthole/protocol';
import { startAgent } from './agent.ts';
import { ApiClient } from './apiClient.ts';
import { eventually } from './eventually.ts';
import { addUser, startHub } from './hub.ts';
import { Program } from './program.ts';

const PASSWORD = 'correct horse battery';

test('a hub starts, is killed, comes back with its users, and leaves nothing behind', async () => {
  const hub = await startHub();
  assert.match(await hub.setupCode(), /^[A-Z0-9-]+$/);
  await addUser(hub, { name: 'ann', role: 'admin', password: PASSWORD });
  hub.kill('SIGKILL');
  await hub.restart();
  using api = new ApiClient(hub.url);
  await api.signIn('ann', PASSWORD);
  assert.deepEqual(await api.get<Device[]>('/api/devices'), []);
  await hub.stop();
  assert.equal(existsSync(hub.data), false);
});

test('an agent joins, stops, and joins again without a token', async () => {
  await using hub = await startHub();
  await addUser(hub, { name: 'ann', role: 'admin', password: PASSWORD });
  await using agent = await startAgent({ hub, display: 'fake', name: 'desk' });
  using api = new ApiClient(hub.url);
  await api.signIn('ann', PASSWORD);
  const isOnline = async () => (await api.get<Device[]>('/api/devices')).find(({ name }) => name === 'desk')?.online;
  assert.equal(await isOnline(), true);
  agent.kill('SIGKILL');
  await eventually('the device is offline', async () => (await isOnline()) === false);
  await agent.restart();
  await eventually('the device is online', isOnline);
});

test('a program that leaves children behind is told on', async () => {
  const program = new Program('sh', ['-c', 'sleep 1000 & echo up; wait']);
  await program.printed(/^up$/m);
  await assert.rejects(program.stop(), /sh -c left behind: sleep 1000/);
});

test('a program that ends before it is ready says why', async () => {
  await using program = new Program('sh', ['-c', 'echo no display >&2']);
  await assert.rejects(program.printed(/^up$/m), /no display/);
});
