import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PortholeError, type PowerParams, power } from '@porthole/protocol';
import type { HostChannel } from '../../base/channelHost.ts';
import { startTime } from '../../platform/bootTime.ts';
import { readProcess } from '../../platform/programs/processTable.ts';
import { chooseArgv, LINUX_POWER, MAC_POWER, standInPower, windowsPower } from './backends/powerTable.ts';
import { ProcessEnder } from './backends/processEnder.ts';
import { SystemPower } from './backends/systemPower.ts';
import { PowerFeature } from './power.ts';

const id = (n: number) => String(n).padStart(22, 'x');

/** Programs that write down that they were run, in place of those of the system; they end with `status`. */
function standIns(t: TestContext, programs: Record<string, number>) {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-power-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'log');
  writeFileSync(log, '');
  for (const [name, status] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $* $SECRET" >>'${log}'\nexit ${status}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { folder, ran: () => readFileSync(log, 'utf8') };
}

async function find(pid: number) {
  const row = readProcess(pid);
  return row && !row.isDead ? { parent: row.parent, started: startTime(row.startedAt) } : undefined;
}

function feature(folder: string, own = process.pid) {
  const ender = new ProcessEnder({ find, own });
  return new PowerFeature(new SystemPower({ table: standInPower(folder), ender, environment: {} }));
}

/** Resolves with `done`, or with the code of the refusal. */
function ask(target: PowerFeature, params: PowerParams): Promise<string> {
  power.params.parse(params);
  return new Promise((resolve) => {
    let isAccepted = false;
    const channel = {
      params,
      accept: () => {
        isAccepted = true;
      },
      close: (code: string) => resolve(isAccepted ? 'done' : code),
    };
    target.open(channel as unknown as HostChannel);
  });
}

test('each action runs its own program once, without arguments and without the environment of the agent', async (t) => {
  const { folder, ran } = standIns(t, { lock: 0, sleep: 0, restart: 0, shutDown: 0 });
  process.env.SECRET = 'secret';
  t.after(() => delete process.env.SECRET);
  const target = feature(folder);
  assert.equal(await ask(target, { id: id(1), action: 'restart' }), 'done');
  assert.equal(await ask(target, { id: id(2), action: 'lock' }), 'done');
  assert.deepEqual(
    ran()
      .split('\n')
      .map((line) => line.trim()),
    ['restart', 'lock', ''],
  );
});

test('the same request does nothing a second time, and gets the same answer', async (t) => {
  const { folder, ran } = standIns(t, { shutDown: 0, sleep: 1 });
  const target = feature(folder);
  const twice = [1, 2].map(() => ask(target, { id: id(1), action: 'shutDown' }));
  assert.deepEqual(await Promise.all(twice), ['done', 'done']);
  assert.equal(await ask(target, { id: id(1), action: 'shutDown' }), 'done');
  assert.equal(await ask(target, { id: id(2), action: 'sleep' }), 'power.failed');
  assert.equal(await ask(target, { id: id(2), action: 'sleep' }), 'power.failed');
  assert.deepEqual(ran().trim().split(/\s+/), ['shutDown', 'sleep']);
});

test('what the machine cannot do is refused, and not offered', async (t) => {
  const { folder } = standIns(t, { lock: 0 });
  chmodSync(join(folder, 'lock'), 0o755);
  writeFileSync(join(folder, 'restart'), 'no program');
  const ender = new ProcessEnder({ find, own: process.pid });
  const backend = new SystemPower({ table: standInPower(folder), ender, environment: {} });
  assert.deepEqual(backend.available(), ['lock']);
  assert.equal(await ask(new PowerFeature(backend), { id: id(1), action: 'restart' }), 'power.unsupported');
});

test('every program of every table is an absolute path with fixed arguments', () => {
  for (const table of [LINUX_POWER, MAC_POWER, windowsPower('C:\\Windows')]) {
    for (const choices of Object.values(table)) {
      assert.ok(choices.length > 0);
      for (const [program] of choices) assert.match(program, /^(?:\/|C:\\)/);
    }
  }
  assert.deepEqual(
    chooseArgv(LINUX_POWER, 'restart', (program) => program === '/sbin/reboot'),
    ['/sbin/reboot'],
  );
  assert.throws(() => chooseArgv(LINUX_POWER, 'lock', () => false), { code: 'power.unsupported' });
});

/** A process that a shell started, which is gone: nobody's child here. */
async function stranger(t: TestContext, ignores = ''): Promise<{ pid: number; started: number }> {
  const shell = spawn('sh', ['-c', `(${ignores} exec sleep 60) >/dev/null 2>&1 & echo $!`]);
  const [text] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  t.after(() => {
    if (readProcess(pid)) process.kill(pid, 'SIGKILL');
  });
  await once(shell, 'close');
  const started = (await find(pid))?.started ?? assert.fail('the process runs');
  return { pid, started };
}

async function gone(pid: number): Promise<void> {
  while (await find(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('a process is asked to end, and one that will not is killed', async (t) => {
  const { folder } = standIns(t, {});
  const target = feature(folder);
  const willing = await stranger(t);
  assert.equal(await ask(target, { id: id(1), action: 'end', self: false, ...willing }), 'done');
  await gone(willing.pid);
  const deaf = await stranger(t, "trap '' TERM;");
  assert.equal(await ask(target, { id: id(2), action: 'end', self: false, ...deaf }), 'done');
  assert.equal(await ask(target, { id: id(3), action: 'kill', self: false, ...deaf }), 'done');
  await gone(deaf.pid);
});

test('a number that another process has by now is left alone', async (t) => {
  const { folder } = standIns(t, {});
  const target = feature(folder);
  const { pid, started } = await stranger(t);
  const wrong = { pid, started: started - 1_000 };
  assert.equal(await ask(target, { id: id(1), action: 'kill', self: true, ...wrong }), 'process.gone');
  assert.ok(await find(pid));
  assert.equal(await ask(target, { id: id(2), action: 'end', self: false, pid: 4_194_303, started }), 'process.gone');
});

test('the agent and its own children are ended only by who says so, what these started like anything else', async (t) => {
  const { folder } = standIns(t, {});
  const child = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
  t.after(() => child.kill('SIGKILL'));
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const named = async (pid: number) => ({ pid, started: (await find(pid))?.started ?? assert.fail() });
  const target = feature(folder);
  const own = await named(process.pid);
  const first = await named(child.pid ?? 0);
  assert.equal(await ask(target, { id: id(1), action: 'kill', self: false, ...own }), 'process.self');
  assert.equal(await ask(target, { id: id(2), action: 'end', self: false, ...first }), 'process.self');
  assert.ok(await find(first.pid));
  const grandchild = await named(Number(text.toString()));
  assert.equal(await ask(target, { id: id(3), action: 'end', self: false, ...grandchild }), 'done');
  await gone(grandchild.pid);
  assert.equal(await ask(target, { id: id(4), action: 'kill', self: true, ...first }), 'done');
});

test('the first process, the kernel and what is not ours to end are refused by a clear code', async () => {
  const end = (find: () => Promise<{ parent: number; started: number; isKernel?: boolean }>, code: string) => {
    const signal = () => {
      throw Object.assign(new Error('no'), { code });
    };
    return new ProcessEnder({ find, own: 99, signal });
  };
  const how = { kill: false, self: false };
  const one = async () => ({ parent: 1, started: 5 });
  await assert.rejects(end(one, 'EPERM').end({ pid: 1, started: 5 }, how), { code: 'process.denied' });
  await assert.rejects(end(one, 'EPERM').end({ pid: 50, started: 5 }, how), { code: 'process.denied' });
  await assert.rejects(end(one, 'ESRCH').end({ pid: 50, started: 5 }, how), { code: 'process.gone' });
  const kernel = async () => ({ parent: 2, started: 5, isKernel: true });
  await assert.rejects(end(kernel, '').end({ pid: 50, started: 5 }, how), (error) => {
    return error instanceof PortholeError && error.code === 'process.denied';
  });
});
