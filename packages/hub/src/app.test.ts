import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildHub } from './app.ts';
import { Failure } from './base/failure.ts';
import { LocalAuthority } from './base/tls/localAuthority.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';
import { cookieOf, startTestHub } from './testing/testHub.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const ADMIN = { username: 'ada', password: 'ten letters' };

test('the setup code makes the first admin, who is signed in, and then set-up is gone', async (t) => {
  const hub = await startTestHub(t);
  assert.deepEqual(JSON.parse((await hub.ask({ path: '/api/status' })).text), { needsSetup: true });
  const body = { ...ADMIN, code: hub.hub.setupCode };
  const answer = await hub.ask({ method: 'POST', path: '/api/setup', body });
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.text), { username: 'ada', role: 'admin' });
  const session = await hub.ask({ path: '/api/session', headers: { cookie: cookieOf(answer) } });
  assert.deepEqual(JSON.parse(session.text), { username: 'ada', role: 'admin' });
  assert.deepEqual(JSON.parse((await hub.ask({ path: '/api/status' })).text), { needsSetup: false });
  for (const path of ['', '/', '/x', ';x', '?x', '#x', '%2f', '%00']
    .map((end) => `/api/setup${end}`)
    .concat('/api//setup', '/API/SETUP', '/api/%73etup', '/api%2fsetup', '//api/setup')) {
    const again = await hub.ask({ method: 'POST', path, body: { ...body, username: 'eve' } });
    assert.ok(again.status === 404, `${path} ${again.status}`);
  }
  assert.equal(hub.hub.services.users.list().length, 1);
});

test('a wrong setup code makes nobody, and guessing is slowed down', async (t) => {
  const hub = await startTestHub(t);
  const codes: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const answer = await hub.ask({ method: 'POST', path: '/api/setup', body: { ...ADMIN, code: 'AAAA-AAAA-AAAA' } });
    codes.push(JSON.parse(answer.text).code);
  }
  assert.deepEqual([codes[0], codes.at(-1)], ['setup.wrong-code', 'auth.slow-down']);
  assert.deepEqual(hub.hub.services.users.list(), []);
});

test('two people with the setup code at once make one admin', async (t) => {
  const hub = await startTestHub(t);
  const code = hub.hub.setupCode;
  const answers = await Promise.all(
    ['ada', 'eve'].map((username) =>
      hub.ask({ method: 'POST', path: '/api/setup', body: { ...ADMIN, username, code } }),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404]);
  assert.equal(hub.hub.services.users.list().length, 1);
});

test('an admin added by the command line closes set-up while the hub runs', async (t) => {
  const hub = await startTestHub(t);
  await hub.hub.services.users.add({ ...ADMIN, role: 'admin', actor: 'test' });
  const body = { ...ADMIN, username: 'eve', code: hub.hub.setupCode };
  assert.equal((await hub.ask({ method: 'POST', path: '/api/setup', body })).status, 404);
});

test('a session starts with the right password and ends with sign-out', async (t) => {
  const hub = await startTestHub(t);
  const { users, sessions, audit } = hub.hub.services;
  await users.add({ ...ADMIN, role: 'operator', actor: 'test' });
  const ended: string[] = [];
  sessions.onEnded((id) => ended.push(id));
  const answer = await hub.ask({ method: 'POST', path: '/api/session', body: ADMIN });
  assert.match(
    String(answer.headers['set-cookie']),
    /^__Host-porthole=[\w-]{43}; Path=\/; Max-Age=7776000; Secure; HttpOnly; SameSite=Strict$/,
  );
  const cookie = cookieOf(answer);
  assert.equal((await hub.ask({ path: '/api/session', headers: { cookie } })).status, 200);
  const out = await hub.ask({ method: 'DELETE', path: '/api/session', headers: { cookie } });
  assert.equal(out.status, 204);
  assert.match(String(out.headers['set-cookie']), /^__Host-porthole=; Path=\/; Max-Age=0; Secure/);
  assert.equal((await hub.ask({ path: '/api/session', headers: { cookie } })).status, 401);
  assert.equal(ended.length, 1);
  assert.deepEqual(
    audit.read().map((row) => row.action),
    ['user.add', 'session.start', 'session.end'],
  );
});

test('a wrong password and an unknown user are told the same, and both are logged', async (t) => {
  const hub = await startTestHub(t);
  await hub.hub.services.users.add({ ...ADMIN, role: 'viewer', actor: 'test' });
  const ask = (username: string) =>
    hub.ask({ method: 'POST', path: '/api/session', body: { username, password: 'wrong password' } });
  const [wrong, unknown] = [await ask('ada'), await ask('nobody')];
  assert.equal(wrong.status, 401);
  assert.deepEqual([wrong.status, wrong.text], [unknown.status, unknown.text]);
  assert.equal(wrong.headers['set-cookie'], undefined);
  const refused = hub.hub.services.audit.read().filter((row) => row.action === 'session.refused');
  assert.deepEqual(
    refused.map((row) => row.target),
    ['ada', 'nobody'],
  );
});

test('guessing is slowed down for the guesser, and the account stays open', async (t) => {
  const hub = await startTestHub(t);
  await hub.hub.services.users.add({ ...ADMIN, role: 'viewer', actor: 'test' });
  const guess = (body: typeof ADMIN) => hub.ask({ method: 'POST', path: '/api/session', body });
  for (let index = 0; index < 10; index += 1) await guess({ ...ADMIN, password: `guess number ${index}` });
  const slowed = await guess(ADMIN);
  assert.deepEqual([slowed.status, JSON.parse(slowed.text).code], [429, 'auth.slow-down']);
  assert.equal(slowed.headers['retry-after'], '5');
  assert.ok(await hub.hub.services.users.verify(ADMIN.username, ADMIN.password));
});

test('a page of another site cannot sign anybody in or out', async (t) => {
  const hub = await startTestHub(t);
  const cookie = await hub.signIn();
  for (const headers of [{ origin: 'https://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await hub.ask({ method: 'DELETE', path: '/api/session', headers: { cookie, ...headers } });
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [403, 'request.origin']);
  }
  assert.equal((await hub.ask({ path: '/api/session', headers: { cookie } })).status, 200);
  const own = await hub.ask({ method: 'DELETE', path: '/api/session', headers: { cookie, origin: hub.origin } });
  assert.equal(own.status, 204);
});

test('the authority can be had before sign-in, and a given certificate replaces it', async (t) => {
  const hub = await startTestHub(t);
  const answer = await hub.ask({ path: '/authority.crt' });
  assert.equal(answer.headers['content-type'], 'application/x-x509-ca-cert');
  assert.match(answer.text, /^-----BEGIN CERTIFICATE-----/);
  assert.doesNotMatch(answer.text, /PRIVATE/);
  const folder = temporaryFolder(t);
  const { cert, key } = (await LocalAuthority.open({ dataDir: folder, names: ['localhost'] })).credentials;
  const certificate = { certFile: join(folder, 'cert'), keyFile: join(folder, 'key') };
  writeFileSync(certificate.certFile, cert);
  writeFileSync(certificate.keyFile, key);
  const own = await startTestHub(t, { certificate });
  const refused = await own.hub.app.inject({ url: '/authority.crt', headers: { host: `localhost:${own.port}` } });
  assert.equal(refused.statusCode, 404);
  assert.ok(refused.headers['strict-transport-security']);
});

test('what keeps a hub from starting is one sentence, and nothing stays open', async (t) => {
  const { hub, port, dataDir } = await startTestHub(t);
  const listen = { host: '127.0.0.1', port };
  const portalDir = temporaryFolder(t);
  writeFileSync(join(portalDir, 'index.html'), '');
  await assert.rejects(buildHub({ dataDir, listen, portalDir }), /Another hub already runs/);
  const free = temporaryFolder(t);
  await assert.rejects(
    buildHub({ dataDir: free, listen, portalDir }),
    (error) => error instanceof Failure && /in use/.test(error.message),
  );
  await assert.rejects(buildHub({ dataDir: free, listen: { host: '192.0.2.250', port: 0 }, portalDir }), Failure);
  await assert.rejects(buildHub({ dataDir: free, listen, portalDir: free }), /portal is not built/);
  await hub.close();
  const next = await buildHub({ dataDir, listen, portalDir });
  await next.close();
  await next.close();
});

test('a role lowered by the command line ends the sessions of that user in the running hub', async (t) => {
  const hub = await startTestHub(t);
  const other = await hub.signIn('root');
  const cookie = await hub.signIn('bob', 'operator');
  const ended = new Promise((resolve) => hub.hub.services.sessions.onEnded(resolve));
  const args = [MAIN, 'user', 'role', 'bob', '--role', 'viewer', '--data', hub.dataDir];
  const command = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args]);
  assert.deepEqual(await once(command, 'exit'), [0, null]);
  await ended;
  assert.equal((await hub.ask({ path: '/api/session', headers: { cookie } })).status, 401);
  assert.equal((await hub.ask({ path: '/api/session', headers: { cookie: other } })).status, 200);
});

test('a password set by the command line ends the sessions of that user in the running hub', async (t) => {
  const hub = await startTestHub(t);
  const cookie = await hub.signIn('bob', 'operator');
  const ended = new Promise((resolve) => hub.hub.services.sessions.onEnded(resolve));
  const args = [MAIN, 'user', 'password', 'bob', '--password-stdin', '--data', hub.dataDir];
  const command = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args]);
  command.stdin.end('another password\n');
  assert.deepEqual(await once(command, 'exit'), [0, null]);
  await ended;
  assert.equal((await hub.ask({ path: '/api/session', headers: { cookie } })).status, 401);
  const signIn = async (password: string) =>
    (await hub.ask({ method: 'POST', path: '/api/session', body: { username: 'bob', password } })).status;
  assert.deepEqual([await signIn('password of bob'), await signIn('another password')], [401, 200]);
});

test('sessions and users outlive a restart', async (t) => {
  const folder = join(temporaryFolder(t), 'data');
  const first = await startTestHub(t, { dataDir: folder });
  const cookie = await first.signIn();
  await first.hub.close();
  const second = await startTestHub(t, { dataDir: folder });
  assert.equal(second.hub.setupCode, undefined);
  assert.equal((await second.ask({ path: '/api/session', headers: { cookie } })).status, 200);
  assert.equal((await second.ask({ method: 'POST', path: '/api/setup', body: {} })).status, 404);
});
