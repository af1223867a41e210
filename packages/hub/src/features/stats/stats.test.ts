import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeData, type SendingSettings } from '@porthole/protocol';
import { Audit } from '../../audit/audit.ts';
import type { FromHub } from '../../base/relay/linkSocket.ts';
import { DeviceStore } from '../../devices/deviceStore.ts';
import { DeviceDirectory } from '../../devices/directory.ts';
import { Interest, NOTHING_WANTED } from '../../devices/interest.ts';
import { deviceId } from '../../testing/commandHub.ts';
import { FakeAgent } from '../../testing/fakeAgent.ts';
import type { Cleanup } from '../../testing/temporaryFolder.ts';
import { testDatabase } from '../../testing/testDatabase.ts';
import { StatsFeed } from './stats.ts';

const DESK = deviceId(1);
const WATCHED = { stats: [DESK], thumbnails: [] };

/** The feed of one device, with what it was asked for so far, and what of it went into the history. */
function fed(t: Cleanup) {
  const { db, closing } = testDatabase(t);
  const directory = closing.add(new DeviceDirectory(new DeviceStore(db, new Audit(db))));
  const open = new Map<number, string>();
  const agent = new FakeAgent(
    directory,
    { id: DESK },
    {
      frame: () => undefined,
      control: (message: FromHub) => {
        if (message.type === 'channel.close') open.delete(message.channel);
        if (message.type !== 'channel.open' || !('grant' in message)) return;
        const { intervalMs, programs = '' } = message.params;
        open.set(message.grant.channel, `${intervalMs} ${programs}`.trim());
      },
    },
  );
  const guard = { needs: false, names: '' };
  const kept: { cpu: number; intervalMs: number }[] = [];
  const interest = new Interest((id) => feed.refresh(id));
  const feed: StatsFeed = new StatsFeed({
    directory,
    interest,
    history: { record: (_id, { cpu }, { intervalMs }) => kept.push({ cpu, intervalMs }) },
    guard: { needsSamples: () => guard.needs, programs: () => guard.names },
  });
  closing.add(feed);
  return {
    directory,
    agent,
    guard,
    kept,
    interest,
    /** What is open, as interval and names. */
    get asked() {
      return [...open.values()];
    },
    set: (settings: Partial<SendingSettings>) => {
      const device = directory.get(DESK);
      device.arranged.sendingSettings = { ...device.sending.settings, ...settings };
      directory.changed(DESK);
    },
    sample: (cpu: number) => {
      const text = JSON.stringify({ at: 1, cpu, memory: { used: 1, total: 2 } });
      agent.frame(encodeData([...open.keys()].at(-1) ?? 0, Buffer.from(text), true));
    },
    refuse: () => {
      const [channel] = [...open.keys()];
      open.clear();
      agent.say({ type: 'channel.closed', channel, code: 'feature.off', message: '' });
    },
  };
}

test('a device is asked as often as its settings and whoever looks want it', (t) => {
  const desk = fed(t);
  desk.agent.connect();
  assert.deepEqual(desk.asked, ['60000']);
  desk.interest.replace(NOTHING_WANTED, WATCHED);
  assert.deepEqual(desk.asked, ['1000']);
  desk.set({ statsMs: 5_000 });
  assert.deepEqual(desk.asked, ['5000']);
  desk.interest.replace(WATCHED, NOTHING_WANTED);
  desk.set({ recordMs: 0 });
  assert.deepEqual(desk.asked, [], 'nobody looks, nothing is recorded, nothing is asked for');
  desk.set({ onlyWatched: false });
  assert.deepEqual(desk.asked, ['5000']);
});

test('what a rule alone asks for is judged and shown, and not kept', (t) => {
  const desk = fed(t);
  desk.guard.needs = true;
  desk.guard.names = 'nginx\nsshd';
  desk.set({ recordMs: 0 });
  desk.agent.connect();
  assert.deepEqual(desk.asked, ['60000 nginx\nsshd']);
  desk.sample(0.25);
  assert.deepEqual([desk.kept, desk.directory.get(DESK).stats?.cpu], [[], 0.25]);
  desk.set({ recordMs: 60_000 });
  desk.sample(0.5);
  assert.deepEqual(desk.kept, [{ cpu: 0.5, intervalMs: 60_000 }]);
});

test('a device that sends no live samples now is asked for those of the record', async (t) => {
  const desk = fed(t);
  desk.agent.connect();
  desk.interest.replace(NOTHING_WANTED, WATCHED);
  desk.refuse();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  assert.deepEqual(desk.asked, ['60000']);
  desk.set({ hours: null, statsMs: 2_000 });
  assert.deepEqual(desk.asked, ['2000'], 'what it sends was changed: it may send them again');
});
