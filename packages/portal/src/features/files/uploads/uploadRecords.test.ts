import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Upload } from './upload.ts';
import { keepRecords, readRecords } from './uploadRecords.ts';

class MemoryStorage {
  readonly items = new Map<string, string>();
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.items.set(key, value);
  }
}

function upload(id: string, phase: Upload['phase']): Upload {
  const record = {
    id,
    deviceId: 'd',
    folder: '/srv',
    path: 'a',
    size: 1,
    modified: 2,
    conflict: 'fail' as const,
    sent: 0,
  };
  return { ...record, url: '/up/1', phase, error: undefined, file: undefined, batch: 'b', attempts: 0, notBefore: 0 };
}

test('what is not over comes back, for the same person only', () => {
  const storage = new MemoryStorage();
  keepRecords(storage, 'ann', [
    upload('1', 'running'),
    upload('2', 'done'),
    upload('3', 'skipped'),
    upload('4', 'failed'),
  ]);
  assert.deepEqual(
    readRecords(storage, 'ann').map(({ id, url }) => [id, url]),
    [
      ['1', '/up/1'],
      ['4', '/up/1'],
    ],
  );
  assert.deepEqual(readRecords(storage, 'bob'), []);
});

test('why it failed comes back with it', () => {
  const storage = new MemoryStorage();
  const error = 'There is no space left.';
  const endless = { ...upload('3', 'failed'), error: 'x'.repeat(5_000) };
  keepRecords(storage, 'ann', [{ ...upload('1', 'failed'), error }, upload('2', 'running'), endless]);
  assert.deepEqual(
    readRecords(storage, 'ann').map((each) => each.error?.slice(0, error.length)),
    [error, undefined, 'x'.repeat(error.length)],
  );
});

test('what was tampered with is nothing, and an address elsewhere is never gone on with', () => {
  const storage = new MemoryStorage();
  for (const text of ['', 'nonsense', '{}', '[1]', '[{"id":"1"}]']) {
    storage.setItem('porthole.uploads.ann', text);
    assert.deepEqual(readRecords(storage, 'ann'), [], text);
  }
  keepRecords(storage, 'ann', [{ ...upload('1', 'running'), url: 'https://elsewhere.example/up' }]);
  assert.deepEqual(readRecords(storage, 'ann'), []);
});

test('a browser without room says so and nothing else happens', () => {
  const full = {
    setItem: () => {
      throw new Error('full');
    },
  };
  assert.equal(keepRecords(full, 'ann', [upload('1', 'running')]), false);
});
