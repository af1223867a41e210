import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../testing/temporaryFolder.ts';
import { Failure } from '../failure.ts';
import { readOwnCertificate } from './certificates.ts';
import { LocalAuthority } from './localAuthority.ts';

test('an own certificate is taken when the key belongs to it, and refused with a sentence otherwise', async (t) => {
  const folder = temporaryFolder(t);
  const { cert, key } = (await LocalAuthority.open({ dataDir: folder, names: ['a'] })).credentials;
  const other = (await LocalAuthority.open({ dataDir: temporaryFolder(t), names: ['a'] })).credentials;
  const files = { cert, key, otherKey: other.key, nonsense: 'x' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  assert.deepEqual(readOwnCertificate(join(folder, 'cert'), join(folder, 'key')), { cert, key });
  for (const [certName, keyName] of [
    ['cert', 'otherKey'],
    ['nonsense', 'key'],
    ['cert', 'nonsense'],
    ['cert', 'missing'],
  ])
    assert.throws(() => readOwnCertificate(join(folder, certName ?? ''), join(folder, keyName ?? '')), Failure);
});
