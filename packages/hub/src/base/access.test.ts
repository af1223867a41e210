import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAPABILITIES, ROLE_CAPABILITIES, ROLES, type Role } from '@porthole/protocol';
import { allows, capabilitiesOf, THE_HUB } from './access.ts';

const DEVICE = 'a'.repeat(26);

function subject(role: Role) {
  return { sessionId: 's', userId: 'u', username: 'ada', role };
}

test('each role may do on a device exactly what its table says', () => {
  for (const role of ROLES)
    for (const capability of CAPABILITIES)
      assert.equal(allows(subject(role), DEVICE, capability), ROLE_CAPABILITIES[role].includes(capability));
});

test('a viewer may look and nothing more', () => {
  assert.deepEqual(capabilitiesOf(subject('viewer'), DEVICE), ['view', 'stats']);
});

test('on the hub itself only admin can be asked about', () => {
  assert.equal(allows(subject('admin'), THE_HUB, 'admin'), true);
  assert.equal(allows(subject('operator'), THE_HUB, 'admin'), false);
  assert.equal(allows(subject('admin'), THE_HUB, 'view'), false);
});

test('what is no device id and no known role is denied', () => {
  assert.equal(allows(subject('admin'), '../x', 'view'), false);
  for (const role of ['root', 'toString', '__proto__'])
    assert.equal(allows(subject(role as Role), DEVICE, 'view'), false);
});
