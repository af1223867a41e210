import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readProcesses } from '../../platform/programs/processTable.ts';
import { TerminalsUnderTest } from '../../testing/terminalClient.ts';

function running(word: string): number {
  return readProcesses().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  }).length;
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 300 && !condition(); round++) await sleep(20);
  assert.ok(condition());
}

/** Descriptors of a process that lead to a pty. */
function ptys(pid: number | undefined): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(`${folder}/${name}`).includes('ptmx');
    } catch {
      return false;
    }
  }).length;
}

/** How long what a test starts would sleep: a figure that no other run of the tests on this machine uses. */
const seconds = (test: number) => `4720${test}.${process.pid}`;

const STUBBORN = (word: string) =>
  `sh -c 'trap "" HUP TERM INT; setsid sleep ${word} & while :; do sleep ${word}; done' & nohup sleep ${word} > /dev/null 2>&1 &\n`;

test('ending a session ends everything that runs in it, also what does not want to', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type(STUBBORN(seconds(1)));
  await until(() => running(seconds(1)) >= 3);
  const end = terminals.call('end', { session: call.session?.id ?? '' });
  await end.until(() => end.done !== undefined);
  assert.equal(running(seconds(1)), 0);
});

test('a killed pty host is told, leaves no process behind, and is replaced at once', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const list = terminals.call('list', {});
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type(STUBBORN(seconds(2)));
  await until(() => running(seconds(2)) >= 3);
  await list.until(() => list.list?.sessions.length === 1);
  process.kill(terminals.feature.pid ?? 0, 'SIGKILL');
  await call.until(() => call.error !== undefined);
  assert.equal(call.error, 'terminal.lost');
  const next = terminals.open();
  await next.until(() => next.isReady);
  next.type('echo again\n');
  await next.until(() => next.screen.includes('again'));
  await list.until(() => list.list?.sessions.length === 1 && list.list.sessions[0]?.id === next.session?.id);
  await until(() => running(seconds(2)) === 0);
});

test('with the agent goes every session', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type(STUBBORN(seconds(3)));
  await until(() => running(seconds(3)) >= 3);
  await terminals.feature.close();
  assert.equal(running(seconds(3)), 0);
});

test('500 sessions that were opened and ended leave no pty, process or descriptor', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const keeper = terminals.open();
  await keeper.until(() => keeper.isReady);
  const { pid } = terminals.feature;
  const openFiles = () => readdirSync(`/proc/${pid}/fd`).length;
  const before = openFiles();
  for (let round = 0; round < 50; round++) {
    const calls = Array.from({ length: 10 }, () => terminals.open());
    for (const call of calls) {
      await call.until(() => call.isReady);
      call.type('exit\n');
    }
    for (const call of calls) {
      await call.until(() => call.done !== undefined);
      call.close();
    }
  }
  assert.equal(terminals.feature.pid, pid);
  assert.equal(ptys(pid), 1);
  assert.equal((await terminals.list()).sessions.length, 1);
  const children = readProcesses().filter((row) => row.parent === pid);
  assert.equal(children.length, 1);
  assert.ok(openFiles() <= before + 2, `${openFiles()} descriptors, ${before} before`);
});

test('there is a limit, which says so', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const calls = Array.from({ length: 257 }, () => terminals.open());
  const last = calls.at(-1);
  await last?.until(() => last.error !== undefined, 60_000);
  assert.equal(last?.error, 'terminal.limit');
  const list = await terminals.list();
  assert.equal(list.sessions.length, 256);
});
