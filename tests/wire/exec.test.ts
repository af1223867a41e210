import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { listProcesses } from '../support/processes.ts';
import { portholeOutput } from '../support/program.ts';
import { TempDir } from '../support/tempDir.ts';
import { CliUser, fingerprintOf } from './cliHouse.ts';
import { deviceOf, House, PASSWORD } from './house.ts';

const house = await House.start();
after(() => house.close());
await house.device('desk');
const lap = await house.device('lap');
const oli = await CliUser.signIn(house);

const isGone = (pid: number) => !listProcesses().some((process) => process.pid === pid);

test('a command runs elsewhere as if it ran here: output, errors and status', async () => {
  const script = 'printf "a\\0ü"; echo no >&2; exit 7';
  const { code, stdout, stderr } = await oli.run(['exec', 'desk', '--', 'sh', '-c', script]);
  assert.deepEqual([code, stdout, stderr], [7, 'a\0ü', 'no\n']);
});

test('arguments arrive as they are, and no shell sees them', async () => {
  const hostile = ['$(id)', '; rm -rf /', '', 'a  b', "'", '-n', '\u{1f600}'];
  const { code, stdout } = await oli.run(['exec', 'desk', '--', 'printf', '[%s]', ...hostile]);
  assert.deepEqual([code, stdout], [0, hostile.map((text) => `[${text}]`).join('')]);
});

test('what comes on standard input is handed over', async () => {
  const { code, stdout } = await oli.run(['exec', 'desk', '--stdin', '--', 'tr', 'a-z', 'A-Z'], 'grüße\n');
  assert.deepEqual([code, stdout], [0, 'GRüßE\n']);
  const tooMuch = await oli.run(['exec', 'desk', '--stdin', '--', 'cat'], 'x'.repeat(70_000));
  assert.equal(tooMuch.code, 1);
  assert.match(tooMuch.stderr, /^porthole: [^\n]+\n$/);
});

test('of several devices each line has a name, and the largest status is the status', async () => {
  const { code, stdout } = await oli.run(['exec', 'desk', 'lap', '--', 'sh', '-c', 'echo one; printf two; exit 3']);
  assert.equal(code, 3);
  assert.deepEqual(stdout.trimEnd().split('\n').sort(), ['desk: one', 'desk: two', 'lap: one', 'lap: two']);
});

test('nothing of a large output is missing', async () => {
  const program = 'for (let i = 0; i < 4000; i++) process.stdout.write(String(i).padEnd(1024, "."))';
  const { code, stdout } = await oli.run(['exec', 'desk', '--', process.execPath, '-e', program]);
  assert.deepEqual([code, stdout.length, stdout.slice(-1024, -1020)], [0, 4_096_000, '3999']);
});

test('what takes too long is ended, and what cannot be run is told', async () => {
  const late = await oli.run(['exec', 'desk', '--timeout', '1s', '--', 'sleep', '60']);
  assert.equal(late.code, 124);
  const missing = await oli.run(['exec', 'desk', '--', 'no-such-program-anywhere']);
  assert.equal(missing.code, 125);
  assert.match(missing.stderr, /^porthole: desk: [^\n]+\n$/);
});

test('a device that is not there, or that nobody can tell from another, is wrong usage', async () => {
  const { code, stdout, stderr } = await oli.run(['exec', 'dask', '--', 'true']);
  assert.deepEqual([code, stdout, stderr], [2, '', "porthole: There is no device 'dask'.\n"]);
  for (const args of [[], ['desk'], ['desk', '--'], ['--', 'true'], ['desk', '--timeout', 'x', '--', 'true']]) {
    const wrong = await oli.run(['exec', ...args]);
    assert.equal(wrong.code, 2, args.join(' '));
    assert.match(wrong.stderr, /^porthole: [^\n]+\n$/);
  }
});

test('Ctrl-C ends the command on the device', async () => {
  const program = oli.start(['exec', 'desk', '--', 'sh', '-c', 'echo "$$"; exec sleep 600']);
  const [, pid] = await program.printed(/^(\d+)\n/);
  program.kill('SIGINT');
  assert.equal((await program.exited).code, 130);
  await eventually('the command is gone', () => isGone(Number(pid)));
});

test('a reader that goes away ends the command', async () => {
  const program = oli.start(['exec', 'desk', '--', 'sh', '-c', 'echo "$$"; exec yes']);
  const [, pid] = await program.printed(/^(\d+)\n/);
  program.stopReading();
  assert.equal((await program.exited).code, 141);
  await eventually('the command is gone', () => isGone(Number(pid)));
});

test('a device that is offline is waited for', async () => {
  lap.agent.kill('SIGKILL');
  const api = await house.signIn();
  await eventually('it is offline', async () => (await deviceOf(api, 'lap'))?.online === false);
  const atOnce = await oli.run(['exec', 'lap', '--', 'true']);
  assert.deepEqual([atOnce.code, atOnce.stderr], [125, 'porthole: lap: The device is offline.\n']);
  const waiting = oli.start(['exec', 'lap', '--wait', '2m', '--', 'echo', 'here']);
  await eventually('it says so', () => waiting.stderr.includes('waiting'));
  await lap.agent.restart();
  assert.equal((await waiting.exited).code, 0);
  assert.equal(waiting.stdout, 'here\n');
});

test('kill -9 of the hub ends what runs there, and is told', async () => {
  const running = oli.start(['exec', 'desk', '--timeout', '5m', '--', 'sh', '-c', 'echo begun; sleep 300']);
  await running.printed(/begun/);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  house.hub.kill('SIGKILL');
  await house.hub.restart();
  assert.equal((await running.exited).code, 125);
  assert.match(running.stderr, /The hub was stopped/);
  assert.equal(running.stdout, 'begun\n');
});

test('the token is nobody else’s to read, pins the hub, and is worth nothing after logout', async () => {
  const ann = await CliUser.signIn(house, 'ann');
  assert.equal(statSync(ann.tokenFile).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(ann.tokenFile)).mode & 0o777, 0o700);
  const fingerprint = await fingerprintOf(house);
  const args = ['login', '--hub', house.hub.url, '--user', 'ann', '--password-stdin', '--token-file', ann.tokenFile];
  const input = `${PASSWORD}\n`;
  const wrong = fingerprint.replace(/^../, (two) => (two === '00' ? '11' : '00'));
  await assert.rejects(portholeOutput([...args, '--fingerprint', wrong], { input }), /another fingerprint/);
  await assert.rejects(portholeOutput(args, { input }), /fingerprint [0-9A-F:]{95}\. Compare/);
  const out = await ann.run(['logout']);
  assert.equal(out.code, 0);
  const none = await ann.run(['exec', 'desk', '--', 'true']);
  assert.deepEqual([none.code, none.stderr], [1, "porthole: You are not signed in; use 'porthole login'.\n"]);
});

test('a session that has ended is told in one sentence', async () => {
  const ann = await CliUser.signIn(house, 'ann');
  await portholeOutput(['user', 'password', 'ann', '--password-stdin', '--data', house.hub.data], {
    input: `${PASSWORD}\n`,
  });
  await eventually('the session is over', async () => (await ann.run(['exec', 'desk', '--', 'true'])).code === 1);
  const { stderr } = await ann.run(['exec', 'desk', '--', 'true']);
  assert.equal(stderr, "porthole: Your session has ended; use 'porthole login' again.\n");
});

test('a token file that others may read is refused', async () => {
  const folder = house.keep(new TempDir()).path;
  const file = join(folder, 'open.json');
  writeFileSync(file, '{}', { mode: 0o644 });
  const { code, stderr } = await oli.run(['exec', '--token-file', file, 'desk', '--', 'true']);
  assert.equal(code, 1);
  assert.match(stderr, /Others may read/);
});
