import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import {
  ALL_ON,
  DEFAULT_SCREEN_SETTINGS,
  type ErrorCode,
  parseToken,
  type StatsSample,
  type Toggles,
} from '@porthole/protocol';
import type { ProvenAgent } from '../base/agentLink/agentHandshake.ts';
import type { AgentLink } from '../base/agentLink/agentLink.ts';
import { testDatabase } from '../testing/testDatabase.ts';
import { Arrangement } from './arrangement.ts';
import { ArrangementStore } from './arrangementStore.ts';
import { DeviceDefaults } from './deviceDefaults.ts';
import { DeviceStore } from './deviceStore.ts';
import { DeviceDirectory, type DirectoryEvent } from './directory.ts';
import { Tokens } from './tokens.ts';

const description = { hostname: 'host', system: 'Linux', architecture: 'x64', version: '0.1.0' };
const toggles: Toggles = ALL_ON;
const sample: StatsSample = { at: 1, cpu: 0.5, memory: { used: 1, total: 2 } };

/** A directory over a real database with one enrolled device; `reopen` is the hub after a restart. */
function setUp(t: TestContext) {
  // Last things first: a directory writes to its database when it closes.
  const endings: (() => unknown)[] = [];
  t.after(() => {
    for (const end of endings.reverse()) end();
  });
  const { db, audit } = testDatabase({ after: (end) => endings.push(end) });
  const store = new DeviceStore(db, audit);
  const { secret } = parseToken(
    new Tokens({ db, audit, hubKey: 'k'.repeat(43) }).create({ ttlMs: 1_000, uses: 1, createdBy: 'ann' }).token,
  );
  const publicKey = randomBytes(32).toString('base64url');
  const { id } = store.enrol({ publicKey, secret, name: 'desk', description, toggles });
  const reopen = () => {
    const defaults = new DeviceDefaults({ db, audit });
    const directory = new DeviceDirectory(store, defaults);
    const arrangement = new Arrangement(directory, new ArrangementStore(db, audit), defaults);
    const events: DirectoryEvent[] = [];
    directory.listen((event) => events.push(event));
    endings.push(() => directory.close());
    return { directory, arrangement, events };
  };
  const agent: ProvenAgent = { publicKey, link: 'interactive', description, toggles };
  return { ...reopen(), reopen, audit, id, agent };
}

/** A connection of an agent that notes why it was closed. */
function connection(deviceId: string, kind: 'interactive' | 'bulk' = 'interactive') {
  const codes: ErrorCode[] = [];
  const link = { deviceId, kind, close: (code: ErrorCode) => codes.push(code) };
  return { link: link as unknown as AgentLink, codes };
}

test('a device is online while its interactive connection is there, and known since when', (t) => {
  const { directory, id, agent } = setUp(t);
  const { link } = connection(id);
  assert.equal(directory.get(id).online, false);
  directory.attach(link, agent);
  assert.equal(directory.get(id).online, true);
  const { since } = directory.get(id);
  assert.ok(Math.abs(since - Date.now()) < 5_000);
  directory.detach(link);
  assert.equal(directory.get(id).online, false);
  assert.ok(directory.get(id).since >= since);
});

test('a newer connection takes the place of an older one, whose end then changes nothing', (t) => {
  const { directory, id, agent } = setUp(t);
  const [older, newer] = [connection(id), connection(id)];
  directory.attach(older.link, agent);
  directory.attach(newer.link, agent);
  assert.deepEqual([older.codes, newer.codes], [['link.replaced'], []]);
  directory.detach(older.link);
  assert.equal(directory.get(id).online, true);
});

test('the second connection ends with the first', (t) => {
  const { directory, id, agent } = setUp(t);
  const [interactive, bulk] = [connection(id), connection(id, 'bulk')];
  directory.attach(interactive.link, agent);
  directory.attach(bulk.link, { ...agent, link: 'bulk' });
  directory.detach(interactive.link);
  assert.deepEqual(bulk.codes, ['channel.closed']);
});

test('what a device says of itself again is neither stored nor told', (t) => {
  const { directory, events, id } = setUp(t);
  directory.report(id, { description: { ...description }, toggles: { ...toggles } });
  assert.deepEqual(events, []);
  directory.report(id, { toggles: { ...toggles, screen: false } });
  directory.report(id, { toggles: { ...toggles, screen: false } });
  assert.deepEqual(events, [{ type: 'changed', id }]);
});

test('names and toggles are there after a crash, stats and pictures after the next flush', (t) => {
  const { directory, arrangement, reopen, id } = setUp(t);
  arrangement.rename(id, 'study', 'ann');
  directory.report(id, { toggles: { ...toggles, input: false } });
  directory.sampled(id, sample);
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 1);
  directory.pictured(id, { width: 4, height: 3, jpeg });
  const crashed = reopen().directory.get(id);
  assert.deepEqual([crashed.name, crashed.toggles.input, crashed.stats], ['study', false, null]);
  directory.flush();
  const { directory: later } = reopen();
  assert.deepEqual(later.get(id).stats, sample);
  assert.deepEqual(later.get(id).thumbnail, directory.get(id).thumbnail);
  assert.deepEqual(later.picture(id)?.jpeg, jpeg);
});

test('what viewers have by default is told and there after a crash, and the same again is neither told nor logged', (t) => {
  const { directory, arrangement, events, reopen, audit, id } = setUp(t);
  const settings = { ...DEFAULT_SCREEN_SETTINGS, maxFps: 5 };
  for (let n = 0; n < 3; n++) arrangement.setScreenSettings(id, { ...settings }, 'ann');
  assert.deepEqual(events, [{ type: 'changed', id }]);
  assert.equal(audit.read().filter(({ action }) => action === 'device.screen-settings').length, 1);
  assert.deepEqual(directory.show(directory.get(id), []).screenSettings, settings);
  assert.deepEqual(reopen().directory.get(id).screenSettings, settings);
  assert.throws(() => arrangement.setScreenSettings('x'.repeat(26), settings, 'ann'), { code: 'not-found' });
});

test('the same picture again is no news, and a picture outlives the buffer it came in', (t) => {
  const { directory, events, id } = setUp(t);
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 1);
  directory.pictured(id, { width: 4, height: 3, jpeg });
  const { thumbnail } = directory.get(id);
  directory.pictured(id, { width: 4, height: 3, jpeg: Uint8Array.from(jpeg) });
  assert.deepEqual([events.length, directory.get(id).thumbnail], [1, thumbnail]);
  jpeg.fill(0);
  assert.deepEqual(directory.picture(id)?.jpeg, Uint8Array.of(0xff, 0xd8, 0xff, 1));
});

test('a removed device is gone at once and for good, with both of its connections', (t) => {
  const { directory, events, reopen, id, agent } = setUp(t);
  const [interactive, bulk] = [connection(id), connection(id, 'bulk')];
  directory.attach(interactive.link, agent);
  directory.attach(bulk.link, { ...agent, link: 'bulk' });
  directory.sampled(id, sample);
  directory.remove(id, 'ann');
  assert.deepEqual([interactive.codes, bulk.codes], [['device.removed'], ['device.removed']]);
  assert.deepEqual(events.at(-1), { type: 'removed', id });
  assert.throws(() => directory.get(id), { code: 'not-found' });
  directory.flush();
  assert.equal(reopen().directory.find(id), undefined);
  directory.detach(interactive.link);
});

test('a toggle of a device that is offline is refused', async (t) => {
  const { directory, id } = setUp(t);
  await assert.rejects(directory.setToggle(id, 'screen', false), { code: 'device.offline' });
  await assert.rejects(directory.setToggle('x'.repeat(26), 'screen', false), { code: 'not-found' });
});
