import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { type Cleanup, temporaryFolder } from '../../testing/temporaryFolder.ts';
import { LocalAuthority, namesOn } from './localAuthority.ts';

const NAMES = ['localhost', '127.0.0.1', '::1', 'box', 'box.local'];
const DAY = 86_400_000;

/** Serves with the authority's leaf on a free port. */
async function serve(t: Cleanup, authority: LocalAuthority) {
  const server = createServer(authority.credentials);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

/** Resolves with the serial number of what the server presented; rejects when the client does not trust it. */
function shake(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', ...options }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('a client that trusts the authority alone accepts the hub under its names, and under no other', async (t) => {
  const authority = await LocalAuthority.open({ dataDir: temporaryFolder(t), names: NAMES });
  const { port } = await serve(t, authority);
  const ca = authority.certificate;
  await shake({ port, ca, servername: 'localhost' });
  await shake({ port, ca });
  await assert.rejects(shake({ port, ca, servername: 'evil.example' }), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  await assert.rejects(shake({ port, servername: 'localhost' }), /unable to verify|self-signed/);
});

test('the leaf is what browsers ask for: names as alternatives, a server purpose, no authority, 397 days at most', async (t) => {
  const now = Date.now();
  const authority = await LocalAuthority.open({ dataDir: temporaryFolder(t), names: NAMES, now: () => now });
  const leaf = new X509Certificate(authority.credentials.cert);
  assert.deepEqual([...namesOn(leaf)].sort(), [...NAMES].sort());
  assert.equal(leaf.ca, false);
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.ok(leaf.validToDate.getTime() - leaf.validFromDate.getTime() <= 397 * DAY);
  assert.ok(leaf.validFromDate.getTime() <= now);
  assert.equal(leaf.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  const root = new X509Certificate(authority.certificate);
  assert.equal(root.ca, true);
  assert.ok(leaf.checkIssued(root) && leaf.verify(root.publicKey) && root.verify(root.publicKey));
  assert.ok(root.validToDate.getTime() > now + 3640 * DAY);
  assert.match(leaf.serialNumber, /^[4-7][0-9A-F]{31}$/);
});

test('authority and leaf stay over a restart, in files of mode 0600', async (t) => {
  const dataDir = temporaryFolder(t);
  const one = await LocalAuthority.open({ dataDir, names: NAMES });
  const other = await LocalAuthority.open({ dataDir, names: NAMES });
  assert.equal(one.certificate, other.certificate);
  assert.equal(one.credentials.cert, other.credentials.cert);
  for (const name of ['authority.pem', 'leaf.pem']) assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600);
  chmodSync(join(dataDir, 'authority.pem'), 0o604);
  await assert.rejects(LocalAuthority.open({ dataDir, names: NAMES }), /chmod 600/);
});

test('a new name makes a new leaf of the same authority; a name less does not', async (t) => {
  const dataDir = temporaryFolder(t);
  const before = await LocalAuthority.open({ dataDir, names: NAMES });
  const less = await LocalAuthority.open({ dataDir, names: ['localhost'] });
  assert.equal(less.credentials.cert, before.credentials.cert);
  const more = await LocalAuthority.open({ dataDir, names: [...NAMES, 'hub.example'] });
  assert.notEqual(more.credentials.cert, before.credentials.cert);
  assert.equal(more.certificate, before.certificate);
});

test('a leaf may lack what is not needed, and a new one has all names', async (t) => {
  const authority = await LocalAuthority.open({ dataDir: temporaryFolder(t), names: ['localhost'] });
  const names = ['localhost', 'box', '2001:db8::5'];
  assert.equal(await authority.renew(names, ['localhost']), false);
  assert.equal(await authority.renew(names, ['box']), true);
  assert.deepEqual([...namesOn(new X509Certificate(authority.credentials.cert))].sort(), names.sort());
});

test('a running server changes to the renewed leaf without a restart', async (t) => {
  let now = Date.now();
  const authority = await LocalAuthority.open({ dataDir: temporaryFolder(t), names: NAMES, now: () => now });
  const { server, port } = await serve(t, authority);
  const trust = { port, ca: authority.certificate, servername: 'localhost' };
  const before = await shake(trust);
  assert.equal(await authority.renew(NAMES), false);
  now += 367 * DAY;
  assert.equal(await authority.renew(NAMES), true);
  server.setSecureContext(authority.credentials);
  // The new leaf starts in a year from now, so that this client cannot judge its dates.
  assert.notEqual(await shake({ ...trust, rejectUnauthorized: false }), before);
});

test('an authority that has run out is replaced, and so is its leaf', async (t) => {
  const dataDir = temporaryFolder(t);
  const old = await LocalAuthority.open({ dataDir, names: NAMES, now: () => Date.now() - 3650 * DAY });
  const made = await LocalAuthority.open({ dataDir, names: NAMES });
  assert.notEqual(made.certificate, old.certificate);
  const leaf = new X509Certificate(made.credentials.cert);
  assert.ok(leaf.verify(new X509Certificate(made.certificate).publicKey));
});

test('an empty leaf file, as a full disk leaves it, is made anew', async (t) => {
  const dataDir = temporaryFolder(t);
  await LocalAuthority.open({ dataDir, names: NAMES });
  writeFileSync(join(dataDir, 'leaf.pem'), '');
  const { cert } = (await LocalAuthority.open({ dataDir, names: NAMES })).credentials;
  assert.ok(cert.includes('BEGIN CERTIFICATE'));
});
