import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../testing/testDatabase.ts';
import { startTestHub } from '../testing/testHub.ts';
import { Denials } from './denials.ts';

const VIC = { sessionId: 's', userId: 'v', username: 'vic', role: 'viewer' } as const;

test('somebody who tries without end is refused without end, and fills no disk', (t) => {
  const { audit } = testDatabase(t);
  let now = 0;
  const denials = new Denials(audit, () => now);
  for (let index = 0; index < 100; index += 1) denials.note(VIC, 'd', 'power');
  assert.equal(audit.read().length, 30);
  denials.note({ ...VIC, userId: 'other' }, 'd', 'power');
  now += 60_000;
  denials.note(VIC, 'd', 'power');
  assert.equal(audit.read().length, 32);
});

test('what a user may not do is in the log before it is refused', async (t) => {
  const hub = await startTestHub(t);
  const cookie = await hub.signIn('vic', 'viewer');
  const path = `/api/devices/${'a'.repeat(26)}`;
  assert.equal((await hub.ask({ method: 'DELETE', path, headers: { cookie } })).status, 404);
  const [row] = hub.hub.services.audit.read().slice(-1);
  assert.deepEqual(
    [row?.actor, row?.action, row?.target, row?.detail],
    ['vic', 'access.denied', 'a'.repeat(26), '{"capability":"admin"}'],
  );
});
