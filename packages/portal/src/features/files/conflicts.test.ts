import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileProperties, PortholeError } from '@porthole/protocol';
import { type Answer, askEach, groupByAnswer, takenPaths } from './conflicts.ts';

/** A device that has just these paths. */
function device(...paths: string[]) {
  return {
    properties: async (path: string): Promise<FileProperties> => {
      if (!paths.includes(path)) throw new PortholeError('file.missing');
      return { path, name: 'x', kind: 'file', size: 0, modified: 0, readable: true, writable: true };
    },
  };
}

test('a name is taken when the folder has it, wherever it comes from', async () => {
  const paths = ['/from/a', '/elsewhere/b', '/from/c'];
  assert.deepEqual(await takenPaths(device('/to/b', '/to/c', '/from/a'), paths, '/to', '/'), [
    '/elsewhere/b',
    '/from/c',
  ]);
});

test('what cannot be found out is no free name', async () => {
  const denied = { properties: () => Promise.reject(new PortholeError('file.denied')) };
  await assert.rejects(takenPaths(denied, ['/from/a'], '/to', '/'), { code: 'file.denied' });
});

test('an answer for all is for those that were not asked about yet', async () => {
  const asked: string[] = [];
  const said: { answer: Answer; forAll: boolean }[] = [
    { answer: 'skip', forAll: false },
    { answer: 'replace', forAll: true },
  ];
  const answers = await askEach(['a', 'b', 'c'], async (path) => {
    asked.push(path);
    return said.shift() ?? { answer: 'skip', forAll: false };
  });
  assert.deepEqual(asked, ['a', 'b']);
  assert.deepEqual([...answers.values()], ['skip', 'replace', 'replace']);
});

test('what is skipped is not asked for, and a free name never replaces what appears there meanwhile', () => {
  const answers = new Map<string, Answer>([
    ['b', 'skip'],
    ['c', 'replace'],
  ]);
  const groups = groupByAnswer(['a', 'b', 'c'], answers);
  assert.deepEqual(
    [...groups],
    [
      ['rename', ['a']],
      ['replace', ['c']],
    ],
  );
});
