import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions, pick, withFamilies } from './options.ts';

test('without arguments everything is measured three times', () => {
  const sizes = { megabytes: 512, files: 10_000, entries: 200_000, devices: 1_000 };
  const nothing = { suites: [], workloads: [], contestants: [], links: [], out: undefined, sizes };
  assert.deepEqual(parseOptions([]), { ...nothing, rounds: 3 });
});

test('lists are separated by commas', () => {
  const options = parseOptions(['screen', '--only', 'scroll,film', '--contestants', 'porthole,', '--rounds', '1']);
  assert.deepEqual(options.suites, ['screen']);
  assert.deepEqual(options.workloads, ['scroll', 'film']);
  assert.deepEqual(options.contestants, ['porthole']);
  assert.equal(options.rounds, 1);
});

test('what makes no sense is refused with a sentence', () => {
  for (const rounds of ['0', '1.5', 'many']) assert.throws(() => parseOptions(['--rounds', rounds]), /--rounds takes/);
  assert.throws(() => parseOptions(['--nonsense']), /nonsense/);
});

test('the name of a family stands for all of it, and any other name for itself', () => {
  const names = ['start', 'files-large', 'files-many', 'screen'];
  assert.deepEqual(withFamilies(['files', 'screen'], names), ['files-large', 'files-many', 'screen']);
  assert.deepEqual(withFamilies(['files-many', 'nonsense'], names), ['files-many', 'nonsense']);
});

test('the chosen keep the order that they have', () => {
  const all = ['a', 'b', 'c'];
  const key = (item: string) => item;
  assert.deepEqual(pick('letter', all, [], key), all);
  assert.deepEqual(pick('letter', all, ['c', 'a'], key), ['a', 'c']);
  assert.throws(() => pick('letter', all, ['d'], key), /no letter 'd'; there are a, b, c/);
});
