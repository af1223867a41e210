import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertRuleBody, StatsSample, WebhookBody } from '@porthole/protocol';
import { Audit } from '../audit/audit.ts';
import { openDatabase } from '../base/db/database.ts';
import { DeviceStore } from '../devices/deviceStore.ts';
import { DeviceDirectory } from '../devices/directory.ts';
import { deviceId } from '../testing/commandHub.ts';
import { FakeAgent } from '../testing/fakeAgent.ts';
import { smallDisk } from '../testing/smallDisk.ts';
import { type Cleanup, closingAfter, temporaryFolder } from '../testing/temporaryFolder.ts';
import { AlertStore } from './alertStore.ts';
import { Alerts } from './alerts.ts';
import { RuleStore } from './ruleStore.ts';

const MINUTE = 60_000;
const DESK = deviceId(1);
const SAMPLE: StatsSample = { at: 0, cpu: 0.1, memory: { used: 1, total: 10 } };
const FULL: StatsSample = { ...SAMPLE, disk: { used: 95, total: 100 } };
const FREE: StatsSample = { ...SAMPLE, disk: { used: 10, total: 100 } };

/** Alerts of a hub with one device, on a real database, with a clock that the test turns. */
function guarded(t: Cleanup, folder = temporaryFolder(t)) {
  const closing = closingAfter(t);
  const db = closing.add(openDatabase(folder));
  const audit = new Audit(db);
  let now = 0;
  const told: WebhookBody[] = [];
  const start = () => {
    const directory = closing.add(new DeviceDirectory(new DeviceStore(db, audit)));
    const agent = new FakeAgent(
      directory,
      { id: DESK, name: 'desk' },
      { control: () => undefined, frame: () => undefined },
    );
    const webhook = { add: (body: WebhookBody) => told.push(body) };
    const rules = new RuleStore({ db, audit });
    const parts = { directory, rules, store: new AlertStore(db), webhook, demandChanged: () => undefined };
    const alerts = closing.add(new Alerts({ ...parts, now: () => now }));
    return { directory, agent, alerts, rules };
  };
  let hub = start();
  return {
    audit,
    told,
    get hub() {
      return hub;
    },
    get events() {
      return told.map(({ event, alert }) => `${event} ${alert?.kind}`);
    },
    restart: () => {
      hub.alerts.close();
      hub.directory.close();
      hub = start();
    },
    /** The same each minute, for so many of them. */
    minutes: (count: number, work: () => void) => {
      for (let n = 0; n < count; n++) {
        now += MINUTE;
        work();
        hub.alerts.tick();
      }
    },
    sample: (sample: StatsSample) => () => hub.directory.sampled(DESK, sample),
    ruleOf: (kind: string) => {
      const rule = hub.rules.all.find((known) => known.kind === kind);
      if (!rule) throw new Error(`no rule for ${kind}`);
      return rule;
    },
  };
}

const nothing = () => undefined;

test('a disk that is nearly full is raised once and cleared once, though the hub is started anew in between', (t) => {
  const world = guarded(t);
  world.hub.agent.connect();
  world.minutes(5, world.sample(FULL));
  assert.deepEqual(world.events, []);
  world.minutes(3, world.sample(FULL));
  assert.deepEqual(world.events, ['raised disk']);
  assert.equal(world.hub.directory.get(DESK).alerts, 1);
  const [alert] = world.hub.alerts.on;
  assert.deepEqual([alert?.value, alert?.threshold, alert?.clearedAt], [0.95, 0.9, null]);
  for (let n = 0; n < 3; n++) {
    world.restart();
    world.hub.agent.connect();
    assert.equal(world.hub.directory.get(DESK).alerts, 1);
    world.minutes(8, world.sample(FULL));
  }
  assert.deepEqual(world.events, ['raised disk']);
  world.minutes(1, world.sample(FREE));
  world.restart();
  world.hub.agent.connect();
  world.minutes(3, world.sample(FREE));
  assert.deepEqual(world.events, ['raised disk', 'cleared disk']);
  assert.deepEqual([world.hub.alerts.on, world.hub.directory.get(DESK).alerts], [[], 0]);
  world.restart();
  assert.deepEqual(world.hub.alerts.on, []);
});

test('a device that is lost is missed after a while, and cleared when it is back', (t) => {
  const world = guarded(t);
  world.hub.agent.connect();
  world.minutes(10, nothing);
  world.hub.agent.drop();
  world.minutes(4, nothing);
  world.hub.agent.connect();
  world.minutes(1, nothing);
  world.hub.agent.drop();
  world.minutes(4, nothing);
  assert.deepEqual(world.events, [], 'it was back in between');
  world.minutes(2, nothing);
  assert.deepEqual(world.events, ['raised offline']);
  world.hub.agent.connect();
  world.minutes(2, nothing);
  assert.deepEqual(world.events, ['raised offline', 'cleared offline']);
});

test('after the start of the hub nobody is missed who has not had the time to come back', (t) => {
  const world = guarded(t);
  const body: AlertRuleBody = { ...world.ruleOf('offline'), forMs: 0 };
  const { kind, scope, threshold, forMs, process, enabled } = body;
  world.hub.alerts.replaceRule(world.ruleOf('offline').id, { kind, scope, threshold, forMs, process, enabled }, 'ada');
  world.minutes(1, nothing);
  assert.deepEqual(world.events, []);
  world.minutes(1, nothing);
  assert.deepEqual(world.events, ['raised offline']);
});

test('who says goodbye is missed only after a day, also when the hub was started anew meanwhile', (t) => {
  const world = guarded(t);
  world.hub.agent.connect();
  world.minutes(3, nothing);
  world.hub.agent.say({ type: 'bye' });
  world.hub.agent.drop();
  world.minutes(60, nothing);
  world.restart();
  world.minutes(23 * 60, nothing);
  assert.deepEqual(world.events, []);
  world.minutes(2 * 60, nothing);
  assert.deepEqual(world.events, ['raised offline']);
  world.hub.agent.connect();
  world.minutes(3, nothing);
  world.hub.agent.drop();
  world.minutes(7, nothing);
  assert.deepEqual(
    world.events,
    ['raised offline', 'cleared offline', 'raised offline'],
    'the next time it said nothing',
  );
});

test('what is on ends with its rule, and when the rule is another', (t) => {
  const world = guarded(t);
  world.hub.agent.connect();
  world.minutes(8, world.sample(FULL));
  const { id, ...body } = world.ruleOf('disk');
  world.hub.alerts.replaceRule(id, { ...body, enabled: false }, 'ada');
  world.minutes(8, world.sample(FULL));
  assert.deepEqual(world.events, ['raised disk', 'cleared disk']);
  world.hub.alerts.replaceRule(id, body, 'ada');
  world.minutes(8, world.sample(FULL));
  world.hub.alerts.removeRule(id, 'ada');
  assert.deepEqual(world.events, ['raised disk', 'cleared disk', 'raised disk', 'cleared disk']);
  assert.throws(() => world.hub.alerts.removeRule(id, 'ada'), { code: 'alert.unknown' });
  world.restart();
  assert.equal(
    world.hub.rules.all.some(({ kind }) => kind === 'disk'),
    false,
    'it does not come back',
  );
  const actions = world.audit.read().map(({ action }) => action);
  assert.deepEqual(actions.slice(-3), ['alert-rule.change', 'alert-rule.change', 'alert-rule.remove']);
});

test('while a device is away nothing is said of its disk', (t) => {
  const world = guarded(t);
  world.hub.agent.connect();
  world.minutes(8, world.sample(FULL));
  world.hub.agent.drop();
  world.minutes(30, nothing);
  assert.deepEqual(world.events, ['raised disk', 'raised offline']);
  assert.equal(world.hub.directory.get(DESK).alerts, 2);
  world.hub.agent.connect();
  world.minutes(3, world.sample(FULL));
  assert.deepEqual(
    world.hub.alerts.on.map(({ kind }) => kind),
    ['disk'],
  );
});

test('a program that ended is missed, and a device is told of what to look for', (t) => {
  const world = guarded(t);
  const body: AlertRuleBody = {
    kind: 'process',
    scope: { kind: 'device', device: DESK },
    threshold: null,
    forMs: 0,
    process: 'nginx',
    enabled: true,
  };
  world.hub.alerts.addRule(body, 'ada');
  assert.equal(world.hub.alerts.programs(DESK), 'nginx');
  world.hub.agent.connect();
  world.minutes(1, world.sample({ ...SAMPLE, missing: ['nginx'] }));
  assert.deepEqual([world.events, world.told[0]?.alert?.process], [['raised process'], 'nginx']);
  world.minutes(3, world.sample(SAMPLE));
  assert.deepEqual(world.events, ['raised process', 'cleared process']);
  for (const digit of '1234') {
    const add = () => world.hub.alerts.addRule({ ...body, process: digit.repeat(64) }, 'ada');
    if (digit === '4') assert.throws(add, { code: 'alert.limit' });
    else add();
  }
});

test('a removed device leaves no alerts behind', (t) => {
  const world = guarded(t);
  world.hub.agent.connect();
  world.minutes(8, world.sample(FULL));
  let heard = 0;
  world.hub.alerts.listen(() => heard++);
  world.hub.directory.remove(DESK, 'ada');
  assert.deepEqual([world.hub.alerts.on, heard], [[], 1]);
});

test('on a full disk nothing is raised; it is as soon as there is room', (t) => {
  const disk = smallDisk(t);
  const world = guarded(t, disk.folder);
  world.hub.agent.connect();
  world.minutes(3, world.sample(FULL));
  disk.fill();
  world.minutes(5, world.sample(FULL));
  assert.deepEqual([world.hub.alerts.on, world.hub.directory.get(DESK).alerts], [[], 0]);
  disk.free();
  world.minutes(6, world.sample(FULL));
  assert.equal(world.hub.alerts.on.length, 1);
  world.restart();
  assert.equal(world.hub.alerts.on.length, 1);
});
