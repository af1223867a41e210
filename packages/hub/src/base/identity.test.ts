import assert from 'node:assert/strict';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deviceId } from '@porthole/protocol';
import { temporaryFolder } from '../testing/temporaryFolder.ts';
import { Failure } from './failure.ts';
import { deviceIdOf, loadHubIdentity, verifyText } from './identity.ts';

test('the identity is made once, kept in a file of mode 0600, and the same after a restart', (t) => {
  const folder = temporaryFolder(t);
  const first = loadHubIdentity(folder);
  assert.match(first.publicKey, /^[\w-]{43}$/);
  assert.equal(loadHubIdentity(folder).publicKey, first.publicKey);
  assert.equal(statSync(join(folder, 'identity.pem')).mode & 0o777, 0o600);
});

test('a signature holds for its text and key alone', (t) => {
  const [one, other] = [loadHubIdentity(temporaryFolder(t)), loadHubIdentity(temporaryFolder(t))];
  const signature = one.sign('héllo');
  assert.match(signature, /^[\w-]{86}$/);
  assert.equal(verifyText(one.publicKey, 'héllo', signature), true);
  assert.equal(verifyText(one.publicKey, 'hello', signature), false);
  assert.equal(verifyText(other.publicKey, 'héllo', signature), false);
});

test('malformed keys and signatures are just false', (t) => {
  const { publicKey, sign } = loadHubIdentity(temporaryFolder(t));
  const signature = sign('x');
  for (const bad of ['', 'a', `${publicKey}=`, publicKey.slice(1), '_'.repeat(43), '\u0000'.repeat(43), 'é'.repeat(43)])
    assert.equal(verifyText(bad, 'x', signature), false);
  for (const bad of [
    '',
    signature.slice(1),
    `${signature}A`,
    ` ${signature}`,
    '*'.repeat(86),
    `${signature.slice(0, -1)}!`,
  ])
    assert.equal(verifyText(publicKey, 'x', bad), false);
});

test('a second spelling of the same signature is refused', (t) => {
  const { publicKey, sign } = loadHubIdentity(temporaryFolder(t));
  const signature = sign('x');
  // The last letter carries four bits that decode to nothing.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signature.slice(-1));
  const respelled = signature.slice(0, -1) + alphabet[last ^ 1];
  assert.deepEqual(Buffer.from(respelled, 'base64url'), Buffer.from(signature, 'base64url'));
  assert.equal(verifyText(publicKey, 'x', respelled), false);
});

test('a device id is the base32 of half the hash of its key', (t) => {
  // sha256 of 32 zero bytes begins 66687aadf862bd776c8fc18b8e9f8e20.
  assert.equal(deviceIdOf('A'.repeat(43)), 'mzuhvlpymk6xo3epygfy5h4oea');
  assert.equal(deviceId.safeParse(deviceIdOf(loadHubIdentity(temporaryFolder(t)).publicKey)).success, true);
});

test('a damaged or readable identity stops the hub with one sentence', (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'identity.pem');
  writeFileSync(path, 'nonsense', { mode: 0o600 });
  assert.throws(() => loadHubIdentity(folder), Failure);
  chmodSync(path, 0o640);
  assert.throws(() => loadHubIdentity(folder), /chmod 600/);
});
