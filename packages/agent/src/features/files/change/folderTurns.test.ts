import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { detectFiles } from '../../../platform/detect.ts';
import { temporaryFolder } from '../../../testing/filesClient.ts';
import { FolderTurns } from './folderTurns.ts';

test('work in one folder waits for what came before, also where that failed, and work in another does not', async (t) => {
  const base = temporaryFolder(t);
  mkdirSync(join(base, 'other'));
  const files = detectFiles();
  await using folder = await files.openFolder(base);
  await using again = await files.openFolder(base);
  await using other = await files.openFolder(join(base, 'other'));
  const turns = new FolderTurns();
  const [started, first] = [Promise.withResolvers<void>(), Promise.withResolvers<never>()];
  const began: string[] = [];
  const work = async (name: string) => {
    began.push(name);
  };
  const begin = () => {
    started.resolve();
    return first.promise;
  };
  const failing = assert.rejects(turns.take(folder, begin), /first/);
  await started.promise;
  const waiting = Promise.all(['own', 'own'].map((name) => turns.take(again, () => work(name))));
  await turns.take(other, () => work('other'));
  await turns.take(other, () => work('other'));
  first.reject(new Error('first'));
  await Promise.all([failing, waiting]);
  assert.deepEqual(began, ['other', 'other', 'own', 'own']);
});
