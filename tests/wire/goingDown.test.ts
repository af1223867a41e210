import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startAgent } from '../support/agent.ts';
import { ApiClient } from '../support/apiClient.ts';
import { addUser, startHub } from '../support/hub.ts';
import { WireViewer } from '../support/wireViewer.ts';

test('a hub that is told to stop ends cleanly, with agents and viewers connected', async () => {
  await using hub = await startHub();
  await addUser(hub, { name: 'ann', role: 'admin', password: 'correct horse battery' });
  await using agent = await startAgent({ hub, display: 'fake', name: 'desk' });
  using api = new ApiClient(hub.url);
  await api.signIn('ann', 'correct horse battery');
  const [device] = await api.get<{ id: string }[]>('/api/devices');
  using viewer = await WireViewer.open(api, device?.id ?? '');
  assert.equal(await hub.end(), 0);
  assert.equal(hub.output.stderr, '');
  assert.ok(agent.pid && viewer);
  await hub.restart();
  await agent.ready();
});
