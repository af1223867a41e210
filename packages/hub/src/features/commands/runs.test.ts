import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run, RunLine, RunPage } from '@porthole/protocol';
import { commandHub, deviceId, written } from '../../testing/commandHub.ts';
import { OutputStore } from './outputStore.ts';

const [DESK, LAP] = [deviceId(0), deviceId(1)];

/** Asks again until the answer fits; the test ends otherwise. */
async function until<Value>(look: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look();
    if (fits(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const statesOf = ({ devices }: Run) => devices.map(({ state, error, code }) => error ?? code ?? state);

test('a command runs on every device, and its output is there live and afterwards', async (t) => {
  const hub = await commandHub(t);
  const [desk, lap] = [hub.device(0, 'desk').connect(), hub.device(1, 'lap').connect()];
  desk.serve = async (command) => {
    await command.write('grüße\n');
    await command.write('trouble\n', 'stderr');
    await command.end({ code: 0, timedOut: false });
  };
  lap.serve = async (command) => command.end({ code: 3, timedOut: false });
  const what = { kind: 'argv' as const, argv: ['uname', '-a'] };
  const run = await hub.run({ devices: [DESK, LAP], what, timeoutSeconds: 5, folder: '/srv', input: 'in' });
  const live = await hub.output(run.id);
  assert.deepEqual(Object.keys(live.at(-1) ?? {}), ['done']);
  assert.equal(written(live, DESK).toString(), 'grüße\n');
  assert.equal(written(live, DESK, 'stderr').toString(), 'trouble\n');
  const after = await hub.look(run.id);
  assert.deepEqual(statesOf(after), [0, 3]);
  assert.deepEqual([after.counts.done, after.unsuccessful, after.devices[0]?.bytes], [2, 1, 16]);
  assert.deepEqual(written(await hub.output(run.id, ''), DESK), written(live, DESK));
  assert.deepEqual(desk.commands[0]?.ask, { what, folder: '/srv', timeoutMs: 5_000 });
  assert.equal(desk.commands[0]?.input, 'in');
  const rows = hub.audit.read().filter(({ action }) => action === 'run.create' || action === 'commands.run');
  assert.deepEqual(
    rows.map(({ actor, target }) => [actor, target]),
    [
      ['operator', run.id],
      ['operator', DESK],
      ['operator', LAP],
    ],
  );
});

test('of a thousand devices no more than the limit run at once, and all of them do', async (t) => {
  const hub = await commandHub(t);
  let running = 0;
  let most = 0;
  const ids = Array.from({ length: 1_000 }, (_, number) => {
    const device = hub.device(number).connect();
    device.serve = async (command) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      await command.end({ code: 0, timedOut: false });
    };
    return device.id;
  });
  const run = await hub.run({ devices: ids, concurrency: 7 });
  const lines = await hub.output(run.id);
  assert.equal(most, 7);
  assert.equal((await hub.look(run.id)).counts.done, 1_000);
  assert.equal(lines.filter((line) => 'state' in line && line.state.state === 'done').length, 1_000);
});

test('a device that is offline has failed at once, or is waited for until the deadline', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0);
  const lap = hub.device(1);
  const at = await hub.run({ devices: [DESK] });
  assert.deepEqual(statesOf(at), ['device.offline']);
  const waiting = await hub.run({ devices: [DESK, LAP], waitSeconds: 1 });
  assert.deepEqual(statesOf(waiting), ['waiting', 'waiting']);
  desk.connect();
  const over = await until(
    () => hub.look(waiting.id),
    ({ endedAt }) => endedAt !== undefined,
  );
  assert.deepEqual(statesOf(over), [0, 'run.expired']);
  lap.connect();
  assert.deepEqual(lap.commands, []);
});

test('rights that were lost while a device was waited for are not used when it comes', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0);
  const { id } = await hub.run({ devices: [DESK], waitSeconds: 600 });
  hub.users.setRole('operator', 'viewer', 'test');
  desk.connect();
  const over = await until(
    () => hub.look(id, 'admin'),
    ({ endedAt }) => endedAt !== undefined,
  );
  assert.deepEqual([statesOf(over), desk.commands], [['run.denied'], []]);
  const shown = await hub.ask<{ code: string }>('GET', `/api/runs/${id}`);
  assert.deepEqual([shown.status, shown.json.code], [404, 'run.unknown']);
});

test('a command ends when the right to run it is lost, and reading ends with the session', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0).connect();
  desk.serve = () => new Promise(() => undefined);
  const { id } = await hub.run({ devices: [DESK] });
  const reading = hub.output(id);
  await until(
    () => hub.look(id),
    ({ devices }) => devices[0]?.state === 'running',
  );
  hub.users.setRole('operator', 'viewer', 'test');
  hub.endSession('operator');
  const lines = await reading;
  assert.deepEqual((lines.at(-1) as { error?: { code: string } }).error?.code, 'auth.session-ended');
  const over = await until(
    () => hub.look(id, 'admin'),
    ({ endedAt }) => endedAt !== undefined,
  );
  assert.deepEqual([statesOf(over), desk.commands[0]?.isClosed], [['run.denied'], true]);
});

test('cancelling ends what runs and begins nothing more', async (t) => {
  const hub = await commandHub(t);
  const [desk, lap] = [hub.device(0).connect(), hub.device(1).connect()];
  desk.serve = (command) => command.write('so far');
  hub.device(2);
  const { id } = await hub.run({ devices: [DESK, LAP, deviceId(2)], concurrency: 1, waitSeconds: 100 });
  await until(
    () => hub.look(id),
    ({ devices }) => devices[0]?.bytes === 6,
  );
  await hub.ask('POST', `/api/runs/${id}/cancel`, { body: {} });
  const over = await until(
    () => hub.look(id),
    ({ endedAt }) => endedAt !== undefined,
  );
  assert.deepEqual(statesOf(over), ['cancelled', 'cancelled', 'cancelled']);
  assert.deepEqual([desk.commands[0]?.isClosed, lap.commands.length], [true, 0]);
  assert.equal(written(await hub.output(id, ''), DESK).toString(), 'so far');
});

test('after a restart what waits goes on, and what ran has failed for a reason that is told', async (t) => {
  const hub = await commandHub(t);
  const [desk, lap] = [hub.device(0).connect(), hub.device(1).connect()];
  desk.serve = async (command) => {
    await command.write('begun');
  };
  const { id } = await hub.run({ devices: [DESK, LAP], concurrency: 1 });
  await until(
    () => hub.look(id),
    ({ devices }) => devices[0]?.bytes === 5,
  );
  await hub.restart();
  const over = await until(
    () => hub.look(id),
    ({ endedAt }) => endedAt !== undefined,
  );
  assert.deepEqual(statesOf(over), ['run.interrupted', 0]);
  assert.deepEqual([desk.commands.length, lap.commands.length], [1, 1]);
  assert.equal(written(await hub.output(id, ''), DESK).toString(), 'begun');
});

test('of endless output the beginning and the end are kept, and it is told how much is not', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0).connect();
  const line = Buffer.alloc(30_000, 'yes\n');
  desk.serve = async (command) => {
    await command.write('first\n');
    for (let count = 0; count < 200; count++) await command.write(line);
    await command.write(Buffer.from([0xff, 0xfe, 0]));
    await command.end({ signal: 'SIGKILL', timedOut: true });
  };
  const { id } = await hub.run({ devices: [DESK] });
  await until(
    () => hub.look(id),
    ({ endedAt }) => endedAt !== undefined,
  );
  const lines = await hub.output(id, '');
  const kept = written(lines, DESK);
  const total = 6 + 200 * 30_000 + 3;
  const leftOut = lines.find((line): line is Extract<RunLine, { leftOut: number }> => 'leftOut' in line);
  assert.ok(kept.byteLength > 900_000 && kept.byteLength <= 1024 * 1024, String(kept.byteLength));
  assert.equal(kept.byteLength + (leftOut?.leftOut ?? 0), total);
  assert.deepEqual([kept.subarray(0, 6).toString(), [...kept.subarray(-3)]], ['first\n', [0xff, 0xfe, 0]]);
  const [device] = (await hub.look(id)).devices;
  assert.deepEqual([device?.bytes, device?.signal, device?.timedOut], [total, 'SIGKILL', true]);
});

test('a paced command waits for its reader, who misses nothing', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0).connect();
  const part = Buffer.alloc(20_000, 'x');
  desk.serve = async (command) => {
    for (let count = 0; count < 300; count++) await command.write(part);
    await command.end({ code: 0, timedOut: false });
  };
  const { id } = await hub.run({ devices: [DESK], paced: true });
  await until(
    async () => desk.commands[0]?.sent ?? 0,
    (sent) => sent > 200_000,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok((desk.commands[0]?.sent ?? 0) <= 256 * 1024);
  const lines = await hub.output(id, '?follow=all');
  assert.equal(written(lines, DESK).byteLength, 6_000_000);
  assert.ok(!lines.some((line) => 'leftOut' in line));
});

test('a device that sends nonsense, refuses, or goes away has failed, and touches nobody else', async (t) => {
  const hub = await commandHub(t);
  const devices = [0, 1, 2, 3, 4].map((number) => hub.device(number).connect());
  const [nonsense, refuses, leaves, floods] = devices;
  if (nonsense) nonsense.serve = async (command) => command.raw(Uint8Array.of(99));
  if (refuses) refuses.serve = async (command) => command.close('policy.denied');
  if (leaves) leaves.serve = async () => leaves.drop();
  if (floods) {
    floods.serve = async (command) => {
      for (let count = 0; count < 20; count++) command.raw(Buffer.concat([Uint8Array.of(5), Buffer.alloc(30_000)]));
    };
  }
  const run = await hub.run({ devices: devices.map(({ id }) => id), paced: true });
  const over = await until(
    () => hub.look(run.id),
    ({ endedAt }) => endedAt !== undefined,
  );
  assert.deepEqual(statesOf(over), ['message.invalid', 'policy.denied', 'device.offline', 'credit.exceeded', 0]);
});

test('runs are searched by command, device and output, and only the own ones are found', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0, 'Schreibtisch').connect();
  desk.serve = async (command) => {
    await command.write('the quick-brown fox\n');
    await command.end({ code: 0, timedOut: false });
  };
  const own = await hub.run({ devices: [DESK], what: { kind: 'argv', argv: ['journalctl', '--since'] } });
  await hub.output(own.id);
  await hub.run({ devices: [DESK] }, 'admin');
  const found = async (search: string, role: 'operator' | 'admin' | 'viewer' = 'operator') => {
    const query = new URLSearchParams({ search, limit: '10' });
    const { json } = await hub.ask<RunPage>('GET', `/api/runs?${query}`, { role });
    return json.runs.length;
  };
  for (const search of ['journal', 'schreib', 'BROWN', 'fox journalctl', ''])
    assert.equal(await found(search), 1, search);
  for (const search of ['cat', 'fox dog']) assert.equal(await found(search), 0, search);
  for (const search of ['"', "'; --", 'NEAR(', '*', 'brown"*']) await found(search);
  assert.deepEqual([await found('', 'admin'), await found('', 'viewer')], [2, 0]);
  const { json } = await hub.ask<RunPage>('GET', '/api/runs?limit=1', { role: 'admin' });
  const rest = await hub.ask<RunPage>('GET', `/api/runs?limit=1&before=${json.next}`, { role: 'admin' });
  assert.deepEqual(
    rest.json.runs.map(({ id }) => id),
    [own.id],
  );
});

test('what is removed is gone, and what nobody may do looks as if it were not there', async (t) => {
  const hub = await commandHub(t);
  hub.device(0).connect();
  const { id } = await hub.run({ devices: [DESK] }, 'admin');
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/output'],
    ['POST', '/cancel'],
    ['DELETE', ''],
  ] as const) {
    const { status } = await hub.ask(method, `/api/runs/${id}${path}`, method === 'POST' ? { body: {} } : {});
    assert.equal(status, 404, `${method} ${path}`);
  }
  await assert.rejects(hub.run({ devices: [DESK] }, 'viewer'), /not-found/);
  await assert.rejects(hub.run({ devices: [DESK, LAP] }), /not-found/);
  assert.equal((await hub.ask('DELETE', `/api/runs/${id}`, { role: 'admin' })).status, 204);
  assert.equal((await hub.ask('GET', `/api/runs/${id}`, { role: 'admin' })).status, 404);
});

test('a run that is removed while it is under way ends, and leaves no output behind', async (t) => {
  const hub = await commandHub(t);
  const desk = hub.device(0).connect();
  desk.serve = async (command) => {
    while (!command.isClosed) await command.write(Buffer.alloc(20_000, 'x'));
  };
  const { id } = await hub.run({ devices: [DESK], paced: true });
  const reading = hub.output(id, '?follow=all');
  await until(
    async () => desk.commands[0]?.sent ?? 0,
    (sent) => sent > 1_000_000,
  );
  assert.equal((await hub.ask('DELETE', `/api/runs/${id}`)).status, 204);
  await reading;
  assert.equal(desk.commands[0]?.isClosed, true);
  const output = new OutputStore(hub.db);
  while (output.sweep());
  const left = hub.db.all(hub.db.sql.selectFrom('runOutput').select('id'));
  assert.deepEqual(left, []);
});
