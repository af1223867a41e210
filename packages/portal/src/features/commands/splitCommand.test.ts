import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinCommand, splitCommand } from './splitCommand.ts';

test('blanks divide, quotes and backslashes hold together', () => {
  assert.deepEqual(splitCommand(`  du -sh "/var/my logs" '' a\\ b 'it'"'"'s' `).args, [
    'du',
    '-sh',
    '/var/my logs',
    '',
    'a b',
    "it's",
  ]);
});

test('what a shell would act on stays as it is written', () => {
  assert.deepEqual(splitCommand('echo $HOME *.txt; rm -rf / | `id` > x').args, [
    'echo',
    '$HOME',
    '*.txt;',
    'rm',
    '-rf',
    '/',
    '|',
    '`id`',
    '>',
    'x',
  ]);
});

test('an open quote or a lone backslash is said, not guessed', () => {
  assert.equal(splitCommand('echo "a').problem, 'quote');
  assert.equal(splitCommand('echo a\\').problem, 'escape');
  assert.equal(splitCommand('').problem, undefined);
});

test('arguments written as a line are the same arguments again', () => {
  for (const args of [['a'], ['', ' '], ["it's", '"', '\\', '$x'], ['ü', '\n', '--a=b c']]) {
    assert.deepEqual(splitCommand(joinCommand(args)).args, args);
  }
});
