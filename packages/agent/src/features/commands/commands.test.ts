import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandAsk } from '@porthole/protocol';
import { detectPrograms } from '../../platform/detect.ts';
import { readProcesses } from '../../platform/programs/processTable.ts';
import { CommandCall } from '../../testing/commandCall.ts';
import { CommandsFeature } from './commands.ts';

function open(t: TestContext): (what: CommandAsk['what'], more?: Partial<CommandAsk>, grants?: boolean) => CommandCall {
  const feature = new CommandsFeature(detectPrograms({}));
  t.after(() => feature.close());
  return (what, more = {}, grants = true) => new CommandCall(feature, { what, timeoutMs: 60_000, ...more }, grants);
}

const argv = (...args: string[]) => ({ kind: 'argv' as const, argv: args });
const script = (text: string, ...args: string[]) => ({
  kind: 'script' as const,
  script: text,
  interpreter: '/bin/sh',
  arguments: args,
});

/** Processes whose command line has the word. */
async function running(word: string): Promise<number> {
  const { readFileSync } = await import('node:fs');
  return readProcesses().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  }).length;
}

test('a program gets its arguments as they are, and both of its outputs and its status come back', async (t) => {
  const run = open(t);
  const call = run(argv('/usr/bin/printf', '%s|', 'a b', '$HOME', '*', ''));
  assert.deepEqual(await call.over, { code: 0, timedOut: false });
  assert.equal(call.stdout, 'a b|$HOME|*||');
  const failing = run(script('echo out; echo err >&2; echo "$1"; exit 7', 'x y'), { folder: '/tmp' });
  assert.deepEqual(await failing.over, { code: 7, timedOut: false });
  assert.deepEqual([failing.stdout, failing.stderr], ['out\nx y\n', 'err\n']);
});

test('input reaches the program, and its end does', async (t) => {
  const call = open(t)(argv('cat'));
  await call.started;
  await call.send({ type: 'input', bytes: Buffer.from('one ') });
  await call.send({ type: 'input', bytes: Buffer.from('two') });
  await call.send({ type: 'inputEnd' });
  assert.deepEqual(await call.over, { code: 0, timedOut: false });
  assert.equal(call.stdout, 'one two');
});

test('a program that is not there, and one that is no program, cannot be run', async (t) => {
  const run = open(t);
  assert.equal(await run(argv('porthole-no-such-program')).over, 'command.unavailable');
  assert.equal(await run(argv('/etc/passwd')).over, 'command.unavailable');
  assert.equal(await run({ kind: 'script', script: 'x', interpreter: '/no/such' }).over, 'command.unavailable');
});

test('what takes too long is ended with everything that it started', async (t) => {
  const call = open(t)(script('trap "" TERM; setsid sleep 4711 & sleep 4711 & sleep 4711'), { timeoutMs: 1_000 });
  const end = await call.over;
  assert.ok(typeof end === 'object' && end.timedOut);
  assert.equal(await running('4711'), 0);
});

test('closing the channel ends the command and everything it started', async (t) => {
  const call = open(t)(script('sleep 4712 & sleep 4712; echo never'));
  await call.started;
  while ((await running('4712')) < 2) await sleep(20);
  call.close();
  for (let round = 0; round < 200 && (await running('4712')) > 0; round++) await sleep(20);
  assert.equal(await running('4712'), 0);
});

test('what is left behind by a program that ended is ended too, so that it is over', async (t) => {
  const call = open(t)(script('sleep 4713 & echo done'));
  assert.deepEqual(await call.over, { code: 0, timedOut: false });
  assert.equal(call.stdout, 'done\n');
  assert.equal(await running('4713'), 0);
});

test('a program waits for whoever reads its output', async (t) => {
  const call = open(t)(argv('yes'), {}, false);
  await call.started;
  await sleep(300);
  const first = call.received;
  await sleep(200);
  assert.equal(call.received, first);
  assert.ok(first <= 256 * 1024);
});

test('a script is gone with its command, and its outputs can be opened by name', async (t) => {
  const call = open(t)(script('echo "$0"; echo named > /dev/stderr; cat /dev/stdin', 'x'));
  await call.started;
  await call.send({ type: 'input', bytes: Buffer.from('given') });
  await call.send({ type: 'inputEnd' });
  assert.deepEqual(await call.over, { code: 0, timedOut: false });
  assert.equal(call.stderr, 'named\n');
  assert.match(call.stdout, /given$/);
  const [path = ''] = call.stdout.split('\n');
  assert.match(path, /porthole-script-/);
  assert.ok(!readdirSync(tmpdir()).some((name) => path.includes(name) && name.startsWith('porthole-script-')));
});

test('a script can open its input by name after the end of that', async (t) => {
  const call = open(t)(script('sleep 0.3; cat /dev/stdin; cat /dev/stdin; echo over'));
  await call.started;
  await call.send({ type: 'input', bytes: Buffer.from('given ') });
  await call.send({ type: 'inputEnd' });
  assert.deepEqual(await call.over, { code: 0, timedOut: false });
  assert.equal(call.stdout, 'given over\n');
});
