import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { FamilyEnder } from './familyEnder.ts';
import { readProcess, readProcesses, ticksAt } from './processTable.ts';

const ENDING = { signal: 'SIGTERM', graceMs: 300 } as const;
const isLinux = process.platform === 'linux';

/** A shell that leads a session of its own; answers its number and what it printed first. */
async function leader(t: TestContext, script: string): Promise<{ pid: number; line: string }> {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  // What a failed test leaves would hold the pipe, and with it the whole run.
  t.after(() => {
    child.stdout.destroy();
    spawnSync('kill', ['-KILL', '--', `-${child.pid}`]);
  });
  const [line] = await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, line: String(line).trim() };
}

/** Counts the looks at the processes of the system. */
function counting() {
  const counted = { looks: 0 };
  const read = () => {
    counted.looks++;
    return readProcesses();
  };
  return { counted, ender: new FamilyEnder({ read, startedBy: ticksAt }) };
}

const isGone = (pid: number) => readProcess(pid)?.isDead !== false;

test('many that end together are seen by the same looks', { skip: !isLinux }, async (t) => {
  const leaders = await Promise.all(Array.from({ length: 40 }, () => leader(t, 'echo up; sleep 600 & wait')));
  const { counted, ender } = counting();
  await Promise.all(leaders.map(({ pid }) => ender.end(pid, ENDING)));
  assert.ok(leaders.every(({ pid }) => isGone(pid)));
  assert.ok(counted.looks < leaders.length, `${counted.looks} looks`);
});

test('what does not hear is killed, and so is what it starts meanwhile', { skip: !isLinux }, async (t) => {
  const stubborn = await leader(
    t,
    'trap "" TERM; setsid sh -c "trap : TERM; echo \\$\\$; while :; do sleep 1; done" & wait; sleep 600',
  );
  const { ender } = counting();
  await ender.end(stubborn.pid, ENDING);
  assert.ok(isGone(stubborn.pid));
  assert.ok(isGone(Number(stubborn.line)));
});

test('a daemon that left on purpose stays, as after a log-out', { skip: !isLinux }, async (t) => {
  const session = await leader(t, '(setsid sh -c "echo \\$\\$; exec sleep 600" &); sleep 0.2; sleep 600');
  const daemon = Number(session.line);
  t.after(() => process.kill(daemon, 'SIGKILL'));
  const { ender } = counting();
  await ender.end(session.pid, ENDING);
  assert.ok(isGone(session.pid));
  assert.ok(!isGone(daemon));
});

test('what began later is somebody else’s', { skip: !isLinux }, async (t) => {
  const before = Date.now() - 1_000;
  const session = await leader(t, 'echo up; sleep 600');
  const { ender } = counting();
  await ender.end(session.pid, { ...ENDING, startedBefore: before });
  assert.ok(!isGone(session.pid));
});

test('what a family starts anew while it ends is ended as well', { skip: !isLinux }, async (t) => {
  const word = `600.${process.pid}`;
  const session = await leader(t, `trap "" TERM; echo up; while :; do sleep ${word}; done`);
  const { ender } = counting();
  await ender.end(session.pid, { ...ENDING, startedBefore: Date.now() });
  assert.deepEqual(
    readProcesses().filter((row) => row.session === session.pid),
    [],
  );
});

test('a look that fails is made again', { skip: !isLinux }, async (t) => {
  const session = await leader(t, 'echo up; sleep 600');
  let looks = 0;
  const read = () => {
    looks++;
    if (looks === 1) throw new Error('too many open files');
    return readProcesses();
  };
  await new FamilyEnder({ read, startedBy: ticksAt }).end(session.pid, ENDING);
  assert.ok(isGone(session.pid));
});
