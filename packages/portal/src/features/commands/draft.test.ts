import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillCommand } from '@porthole/protocol';
import { draftOf, NEW_DRAFT, requestOf, savedFrom } from './draft.ts';

const DEVICE = 'a'.repeat(26);

test('a draft becomes a request only when it can be run', () => {
  assert.equal(requestOf(NEW_DRAFT, [DEVICE]), undefined, 'nothing to run');
  assert.equal(requestOf({ ...NEW_DRAFT, command: 'ls "' }, [DEVICE]), undefined, 'an open quote');
  assert.equal(requestOf({ ...NEW_DRAFT, command: 'ls' }, []), undefined, 'no device');
  const wish = requestOf({ ...NEW_DRAFT, command: 'ls -l "a b"' }, [DEVICE]);
  assert.deepEqual(wish?.what, { kind: 'argv', argv: ['ls', '-l', 'a b'] });
});

test('a run that was comes back into the form as it was', () => {
  const what = { kind: 'argv' as const, argv: ['echo', "it's", '$HOME', ''] };
  const draft = draftOf({ what, folder: '/srv', timeoutSeconds: 5, concurrency: 3 });
  assert.deepEqual(requestOf(draft, [DEVICE])?.what, what);
  assert.deepEqual([draft.folder, draft.timeoutSeconds, draft.concurrency], ['/srv', 5, 3]);
});

test('what stands in braces becomes a parameter that stays within its argument', () => {
  const saved = savedFrom({ ...NEW_DRAFT, command: 'journalctl --since={since} -u {unit}.service' }, 'log');
  assert.deepEqual(
    saved?.parameters?.map(({ name }) => name),
    ['since', 'unit'],
  );
  assert.ok(saved);
  const filled = fillCommand(
    { what: saved.what as Parameters<typeof fillCommand>[0]['what'], parameters: saved.parameters ?? [] },
    { since: '1 hour ago; rm -rf /', unit: 'ssh' },
  );
  assert.deepEqual(filled, { kind: 'argv', argv: ['journalctl', '--since=1 hour ago; rm -rf /', '-u', 'ssh.service'] });
});

test('braces that name nothing stay what they are', () => {
  const saved = savedFrom({ ...NEW_DRAFT, command: `find . -exec echo {} + -name '{a b}'` }, 'find');
  assert.deepEqual(saved?.parameters, []);
  assert.deepEqual(saved?.what, { kind: 'argv', argv: ['find', '.', '-exec', 'echo', '{}', '+', '-name', '{a b}'] });
});
