import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ALL_ON, DEFAULT_SENDING_SETTINGS } from '@porthole/protocol';
import { loadDeviceIdentity, verifyText } from './deviceIdentity.ts';
import { Memory } from './memory.ts';
import { loadOwnerPolicy } from './ownerPolicy.ts';
import { AgentFailure, openPrivateFolder } from './privateFile.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'porthole-agent-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const HUB = { url: 'https://hub.test:7443', publicKey: 'k'.repeat(43) };

test('hub and toggles are remembered, in a file that only its owner may read', (t) => {
  const path = folder(t);
  const memory = new Memory(path);
  assert.deepEqual(memory.toggles, ALL_ON);
  memory.rememberHub(HUB);
  memory.setToggle('screen', false);
  memory.setToggle('screen', false);
  memory.setToggle('stats', false);
  memory.setToggle('stats', true);
  memory.setTerminal({ record: true, keepMinutes: 5 });
  const sending = { ...DEFAULT_SENDING_SETTINGS, hours: { from: 1_320, to: 360 } };
  assert.deepEqual(memory.sendingSettings, DEFAULT_SENDING_SETTINGS);
  memory.setSending(sending);
  const later = new Memory(path);
  assert.deepEqual(later.hub, HUB);
  assert.deepEqual(later.terminalSettings, { record: true, keepMinutes: 5 });
  assert.deepEqual(later.sendingSettings, sending);
  assert.deepEqual(later.toggles, { ...ALL_ON, screen: false });
  assert.equal(statSync(join(path, 'agent.json')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(path), ['agent.json'], 'nothing is left behind');
});

test('a memory that is damaged or open to others stops the agent with one sentence', (t) => {
  const path = folder(t);
  const file = join(path, 'agent.json');
  for (const text of ['', '{', '{"hub":{"url":1}}', '{"off":"all"}']) {
    writeFileSync(file, text, { mode: 0o600 });
    assert.throws(() => new Memory(path), AgentFailure, text);
  }
  new Memory(folder(t)).rememberHub(HUB);
  writeFileSync(file, '{}');
  chmodSync(file, 0o644);
  assert.throws(() => new Memory(path), /may be read by others/);
});

test('a toggle of a later version is kept, and does not disturb this one', (t) => {
  const path = folder(t);
  writeFileSync(join(path, 'agent.json'), '{"off":["hologram"]}', { mode: 0o600 });
  const memory = new Memory(path);
  memory.setToggle('input', false);
  assert.deepEqual(new Memory(path).toggles, { ...ALL_ON, input: false });
});

test('a device keeps its key, and nobody else may read it', (t) => {
  const path = folder(t);
  const first = loadDeviceIdentity(path);
  const again = loadDeviceIdentity(path);
  assert.match(first.id, /^[a-z2-7]{26}$/);
  assert.deepEqual([again.id, again.publicKey], [first.id, first.publicKey]);
  assert.ok(verifyText(first.publicKey, 'text', again.sign('text')));
  assert.equal(verifyText(first.publicKey, 'text!', again.sign('text')), false);
  assert.notEqual(loadDeviceIdentity(folder(t)).id, first.id);
  chmodSync(join(path, 'device-key.pem'), 0o640);
  assert.throws(() => loadDeviceIdentity(path), AgentFailure);
});

test('a folder that others may look into is refused', (t) => {
  const path = folder(t);
  chmodSync(path, 0o750);
  assert.throws(() => openPrivateFolder(path), /chmod go-rwx/);
  writeFileSync(join(path, 'file'), '');
  assert.throws(() => openPrivateFolder(join(path, 'file', 'inside')), AgentFailure);
});

test('a policy may limit the folders that are shared, and that they can be changed', (t) => {
  const path = folder(t);
  assert.equal(loadOwnerPolicy(path).roots, undefined);
  writeFileSync(join(path, 'policy.json'), '{"files": {"roots": ["/srv"], "readOnly": true}}');
  const policy = loadOwnerPolicy(path);
  assert.deepEqual(policy.roots, ['/srv']);
  assert.deepEqual(
    [policy.allows('files.read'), policy.allows('files.write'), policy.allows('view')],
    [true, false, true],
  );
});

test('without a policy everything is allowed; with one, only what it names; a broken one stops the agent', (t) => {
  const path = folder(t);
  assert.equal(loadOwnerPolicy(path).allows('terminal'), true);
  const file = join(path, 'policy.json');
  writeFileSync(file, '{"allow": ["view"]}');
  const policy = loadOwnerPolicy(path);
  assert.deepEqual([policy.allows('view'), policy.allows('control')], [true, false]);
  writeFileSync(file, '{"allow": []}');
  assert.equal(loadOwnerPolicy(path).allows('view'), false);
  for (const text of [
    '',
    '{}',
    '[]',
    '{"allow": ["everything"]}',
    '{"allow": ["view"], "deny": []}',
    '{"allow": "view"}',
    '{"files": {"roots": []}}',
    '{"files": {"roots": ["relative"]}}',
    '{"files": {"writable": true}}',
  ]) {
    writeFileSync(file, text);
    assert.throws(() => loadOwnerPolicy(path), AgentFailure, text);
  }
});
