import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseToken } from '@porthole/protocol';
import { openDatabase } from './base/db/database.ts';
import { loadHubIdentity } from './base/identity.ts';
import { type Cleanup, temporaryFolder } from './testing/temporaryFolder.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

function run(args: string[]): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args]);
}

/** Runs a command to its end. */
async function finish(args: string[], input = '') {
  const child = run(args);
  const output = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output.err += chunk;
  });
  child.stdin?.end(input);
  const [status] = await once(child, 'close');
  return { status, ...output };
}

function portalDir(t: Cleanup): string {
  const folder = join(temporaryFolder(t), 'dist');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.html'), '');
  return folder;
}

/** Starts a hub and waits for its words on stdout. */
async function startHub(t: Cleanup, data: string) {
  const child = run(['hub', '--data', data, '--listen', '127.0.0.1:0', '--portal', portalDir(t)]);
  t.after(() => child.kill('SIGKILL'));
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  while (!/ready: .*\n(Setup code: .*\n)?$/.test(out)) {
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
    assert.equal(child.exitCode, null);
  }
  return { child, out: () => out };
}

test('a hub says that it is ready and how to set it up, and ends cleanly when told to', async (t) => {
  const data = temporaryFolder(t);
  const { child, out } = await startHub(t, data);
  assert.match(out(), /^Porthole is ready: https:\/\/localhost:\d+\n/);
  child.kill('SIGTERM');
  const [status] = await once(child, 'exit');
  assert.equal(status, 0);
  assert.match(out(), /\nSetup code: [2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\n$/);
});

test('a killed hub starts again on the same folder', async (t) => {
  const data = temporaryFolder(t);
  const first = await startHub(t, data);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await startHub(t, data);
  second.child.kill('SIGINT');
  assert.deepEqual(await once(second.child, 'exit'), [0, null]);
});

test('users and tokens are made whether or not a hub runs', async (t) => {
  const data = temporaryFolder(t);
  const add = (name: string) =>
    finish(['user', 'add', name, '--role', 'viewer', '--password-stdin', '--data', data], 'ten letters\n');
  assert.deepEqual(await add('ada'), { status: 0, out: '', err: '' });
  const { child } = await startHub(t, data);
  assert.deepEqual(await add('bob'), { status: 0, out: '', err: '' });
  assert.equal((await finish(['user', 'role', 'bob', '--role', 'operator', '--data', data])).status, 0);
  assert.equal((await finish(['user', 'remove', 'ada', '--data', data])).status, 0);
  const { out, status } = await finish(['token', 'create', '--ttl', '1h', '--uses', '3', '--data', data]);
  assert.equal(status, 0);
  assert.match(out, /^ph1\.[\w-]{43}\.[\w-]{43}\n$/);
  assert.equal(parseToken(out).hubKey, loadHubIdentity(data).publicKey);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const db = openDatabase(data);
  t.after(() => db.close());
  assert.deepEqual(
    db.all(db.sql.selectFrom('tokens').select('usesLeft')).map((row) => row.usesLeft),
    [3],
  );
  const users = db.all(db.sql.selectFrom('users').select(['username', 'role']));
  assert.deepEqual(
    users.map(({ username, role }) => [username, role]),
    [['bob', 'operator']],
  );
});

test('wrong usage is status 2 and a failure status 1, each one sentence on stderr', async (t) => {
  const data = temporaryFolder(t);
  const user = ['user', 'add', 'ada', '--role', 'viewer', '--password-stdin', '--data', data];
  const wrong = [
    [],
    ['frobnicate'],
    ['toString'],
    ['hub', '--data', data],
    ['hub', '--data', data, '--listen', 'nowhere'],
    ['hub', '--data', data, '--listen', '127.0.0.1:0', '--cert', 'x'],
    ['hub', '--bogus'],
    ['user', 'add', 'ada', '--role', 'king', '--password-stdin', '--data', data],
    ['user', 'add', 'ada', '--role', 'viewer', '--data', data],
    ['user', 'remove', '--data', data],
    ['user', 'toString', 'ada', '--data', data],
    ['token', 'create', '--ttl', '0m', '--data', data],
    ['token', 'create', '--uses', '0', '--data', data],
    ['token', 'create'],
    ['user', 'password', 'ada', '--data', data],
    ['audit', '--data', data],
    ['audit', 'verify'],
  ];
  for (const args of wrong) await assertRefused(args, '', 2);
  await assertRefused(['user', 'password', 'nobody', '--password-stdin', '--data', data], 'ten letters\n', 1);
  await assertRefused(['user', 'remove', 'nobody', '--data', data], '', 1);
  await assertRefused(user, '', 1);
  await assertRefused(user, 'short\n', 1);
  await assertRefused(['hub', '--data', data, '--listen', '127.0.0.1:0', '--public-url', 'http://x'], '', 1);
  await assertRefused(['hub', '--data', data, '--listen', '127.0.0.1:0', '--portal', data], '', 1);
  await assertRefused(['token', 'create', '--data', '/dev/null/x'], '', 1);
});

async function assertRefused(args: string[], input: string, expected: number): Promise<void> {
  const { status, out, err } = await finish(args, input);
  assert.equal(status, expected, `${args.join(' ')}: ${err}`);
  assert.equal(out, '');
  assert.match(err, /^porthole: [^\n]+\.\n$/);
}

test('a broken log is said in one line with status 1, and a whole one with status 0', async (t) => {
  const data = temporaryFolder(t);
  const user = ['user', 'add', 'ada', '--role', 'viewer', '--password-stdin', '--data', data];
  assert.equal((await finish(user, 'ten letters\n')).status, 0);
  const verify = ['audit', 'verify', '--data', data];
  assert.deepEqual(await finish(verify), { status: 0, out: 'The log is whole: 1 row.\n', err: '' });
  const database = new DatabaseSync(join(data, 'hub.sqlite'));
  database.exec("DROP TRIGGER auditKeepsText; UPDATE audit SET actor = 'eve'");
  database.close();
  await assertRefused(verify, '', 1);
});

test('of two who remove the last two admins at once, one is refused', async (t) => {
  const data = temporaryFolder(t);
  for (const name of ['ada', 'bob'])
    await finish(['user', 'add', name, '--role', 'admin', '--password-stdin', '--data', data], 'ten letters\n');
  const answers = await Promise.all(['ada', 'bob'].map((name) => finish(['user', 'remove', name, '--data', data])));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [0, 1]);
  assert.match(answers.map(({ err }) => err).join(''), /is the only admin, and one is needed\.\n$/);
});
