import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { test } from 'node:test';
import { getSystemErrorName } from 'node:util';
import { PortholeError } from '@porthole/protocol';
import { errnoOf } from './errno.ts';
import { fileErrorCode } from './fileErrors.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** As Node throws it. */
function systemError(name: keyof typeof constants.errno): Error {
  const errno = -constants.errno[name];
  const code = getSystemErrorName(errno);
  return Object.assign(new Error(`${code}: ${code}, write`), { code, errno, syscall: 'write' });
}

test('an error has the name that the system gives it, and what is none of the system has no name', () => {
  assert.equal(errnoOf(thrownBy(() => readFileSync('/etc/passwd/below'))), 'ENOTDIR');
  const invalid = thrownBy(() => Buffer.alloc(-1));
  for (const error of [new PortholeError('file.missing'), invalid, new Error('x'), 'ENOENT', undefined])
    assert.equal(errnoOf(error), '');
});

test('a quota that is used up, and a network drive that lost its file, are known though Node has no name for them', () => {
  assert.equal(errnoOf(systemError('EDQUOT')), 'EDQUOT');
  assert.equal(fileErrorCode(systemError('EDQUOT')), 'file.no-space');
  assert.equal(fileErrorCode(systemError('ESTALE')), 'file.missing');
});
