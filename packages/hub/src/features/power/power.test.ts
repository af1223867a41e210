import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeviceFacts, ERRORS, type ErrorCode, type PowerParams } from '@porthole/protocol';
import { Audit } from '../../audit/audit.ts';
import type { FromHub } from '../../base/relay/linkSocket.ts';
import { DeviceStore } from '../../devices/deviceStore.ts';
import { DeviceDirectory } from '../../devices/directory.ts';
import { deviceId } from '../../testing/commandHub.ts';
import { FakeAgent } from '../../testing/fakeAgent.ts';
import type { Cleanup } from '../../testing/temporaryFolder.ts';
import { testDatabase } from '../../testing/testDatabase.ts';
import { testServer } from '../../testing/testServer.ts';
import { registerPower } from './power.ts';

type Open = Extract<FromHub, { type: 'channel.open' }> & { grant: { channel: number; user: string } };

/** A device that notes what it is asked to do, and what it does then: what `answer` says, nothing when that is undefined. */
class PowerDevice {
  readonly id: string;
  readonly asked: (PowerParams & { user: string })[] = [];
  answer: (params: PowerParams) => ErrorCode | 'done' | undefined = () => 'done';
  readonly agent: FakeAgent;

  constructor(directory: DeviceDirectory, number: number) {
    this.id = deviceId(number);
    const events = { control: (message: FromHub) => this.#heard(message), frame: () => undefined };
    this.agent = new FakeAgent(directory, { id: this.id }, events);
  }

  #heard(message: FromHub): void {
    if (message.type !== 'channel.open') return;
    const { grant, params } = message as Open;
    this.asked.push({ ...(params as PowerParams), user: grant.user });
    const answer = this.answer(params as PowerParams);
    const { channel } = grant;
    setImmediate(() => {
      if (answer === 'done') this.agent.say({ type: 'channel.opened', channel });
      else if (answer)
        this.agent.say({ type: 'channel.closed', channel, code: answer, message: ERRORS[answer].message });
    });
  }
}

async function powerHub(t: Cleanup) {
  const { db, closing } = testDatabase(t);
  const audit = new Audit(db);
  const directory = closing.add(new DeviceDirectory(new DeviceStore(db, audit)));
  const { app } = await testServer(t);
  const woken: string[][] = [];
  registerPower(app, directory, audit, async (macs) => {
    woken.push([...macs]);
    return true;
  });
  const post = async (path: string, payload: object, role = 'operator') => {
    const headers = { host: 'hub.test', origin: 'https://hub.test', cookie: role };
    const answer = await app.inject({ method: 'POST', url: `/api/devices/${path}`, headers, payload });
    return answer.statusCode === 204 ? 'done' : answer.statusCode === 200 ? answer.json() : answer.json().code;
  };
  const log = () => audit.read().map(({ action, target, detail }) => `${action} ${target} ${detail}`);
  return { directory, woken, post, log, device: (number: number) => new PowerDevice(directory, number) };
}

function idOf(letter: string): string {
  return letter.repeat(22);
}

test('a machine does once what it is asked once, and each act is in the log before it happens', async (t) => {
  const hub = await powerHub(t);
  const desk = hub.device(1);
  desk.agent.connect();
  let logged = 0;
  desk.answer = () => {
    logged = hub.log().length;
    return 'done';
  };
  const lock = { id: idOf('a'), action: 'lock' };
  assert.deepEqual(await Promise.all([1, 2, 3].map(() => hub.post(`${desk.id}/power`, lock))), [
    'done',
    'done',
    'done',
  ]);
  assert.deepEqual([desk.asked, logged], [[{ ...lock, user: 'ada' }], 1]);
  assert.deepEqual(hub.log(), [`power.lock ${desk.id} {}`]);
  assert.equal(await hub.post(`${desk.id}/power`, { ...lock, id: idOf('b') }), 'done');
  assert.equal(desk.asked.length, 2);
});

test('what the device says goes to who asked, also when asked again', async (t) => {
  const hub = await powerHub(t);
  const desk = hub.device(1);
  const sleep = { id: idOf('a'), action: 'sleep' };
  assert.equal(await hub.post(`${desk.id}/power`, sleep), 'device.offline');
  desk.agent.connect();
  desk.answer = () => 'power.unsupported';
  const again = { ...sleep, id: idOf('b') };
  assert.equal(await hub.post(`${desk.id}/power`, again), 'power.unsupported');
  desk.answer = () => 'done';
  assert.equal(await hub.post(`${desk.id}/power`, again), 'power.unsupported', 'the same act is not tried twice');
});

test('a connection that breaks in between is said', async (t) => {
  const hub = await powerHub(t);
  const desk = hub.device(1);
  desk.agent.connect();
  desk.answer = () => {
    setImmediate(() => desk.agent.drop());
    return undefined;
  };
  assert.equal(await hub.post(`${desk.id}/power`, { id: idOf('a'), action: 'restart' }), 'device.offline');
});

test('a process is ended by its number and its beginning', async (t) => {
  const hub = await powerHub(t);
  const desk = hub.device(1);
  desk.agent.connect();
  const body = { id: idOf('a'), started: 1_700_000_000_000, kill: true, self: false };
  assert.equal(await hub.post(`${desk.id}/processes/4321/end`, body), 'done');
  const { kill: _, ...rest } = body;
  assert.deepEqual(desk.asked, [{ ...rest, action: 'kill', pid: 4321, user: 'ada' }]);
  desk.answer = () => 'process.gone';
  assert.equal(
    await hub.post(`${desk.id}/processes/4321/end`, { ...body, id: idOf('b'), kill: false }),
    'process.gone',
  );
  for (const pid of ['1', '0', '-5', 'x', '1.5']) {
    assert.equal(await hub.post(`${desk.id}/processes/${pid}/end`, { ...body, id: idOf('c') }), 'not-found', pid);
  }
});

test('who has no right to it, and what is no act, gets nowhere', async (t) => {
  const hub = await powerHub(t);
  const desk = hub.device(1);
  desk.agent.connect();
  const lock = { id: idOf('a'), action: 'lock' };
  assert.equal(await hub.post(`${desk.id}/power`, lock, 'viewer'), 'not-found');
  assert.equal(await hub.post(`${desk.id}/wake`, {}, 'viewer'), 'not-found');
  assert.equal(await hub.post(`${deviceId(9)}/power`, lock), 'not-found');
  for (const wrong of [
    { ...lock, action: 'wake', mac: 'aa:bb:cc:dd:ee:ff' },
    { ...lock, id: 'short' },
    { ...lock, more: 1 },
  ]) {
    assert.equal(await hub.post(`${desk.id}/power`, wrong), 'request.invalid');
  }
  assert.deepEqual(desk.asked, []);
});

function facts(...interfaces: DeviceFacts['interfaces']): DeviceFacts {
  return { users: [], gpus: [], drives: [], interfaces, displays: [], battery: false, power: [] };
}

test('a sleeping device is called by the hub, and by those awake that were in its network', async (t) => {
  const hub = await powerHub(t);
  const [asleep, near, far, refusing] = [1, 2, 3, 4].map((number) => hub.device(number));
  assert.ok(asleep && near && far && refusing);
  const mac = '02:00:00:00:00:0a';
  const docker = { name: 'docker0', mac: '02:42:00:00:00:01', addresses: ['172.17.0.1/16'] };
  const at = (address: string, mac?: string) => ({
    name: 'eth0',
    addresses: [address, 'fe80::1/64'],
    ...(mac && { mac }),
  });
  hub.directory.get(asleep.id).facts = facts(at('192.168.1.5/24', mac), docker);
  hub.directory.get(near.id).facts = facts(at('192.168.1.77/24'), docker);
  hub.directory.get(far.id).facts = facts(at('192.168.2.77/24'), docker);
  hub.directory.get(refusing.id).facts = facts(at('192.168.1.78/24'));
  refusing.answer = () => 'policy.denied';
  for (const { agent } of [near, far, refusing]) agent.connect();
  assert.deepEqual(await hub.post(`${asleep.id}/wake`, {}), { hub: true, devices: 1 });
  assert.deepEqual(hub.woken, [[mac]]);
  assert.deepEqual(
    near.asked.map(({ action, user, ...rest }) => [action, user, 'mac' in rest && rest.mac]),
    [['wake', 'ada', mac]],
  );
  assert.deepEqual(far.asked, []);
  assert.deepEqual(hub.log(), [`power.wake ${asleep.id} {}`]);
});

test('a device that is awake, or has no address to call, is not woken', async (t) => {
  const hub = await powerHub(t);
  const desk = hub.device(1);
  assert.equal(await hub.post(`${desk.id}/wake`, {}), 'wake.no-address');
  desk.agent.connect();
  assert.equal(await hub.post(`${desk.id}/wake`, {}), 'device.online');
  assert.deepEqual([hub.woken, hub.log()], [[], []]);
});
