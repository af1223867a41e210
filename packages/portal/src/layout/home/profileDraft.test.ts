import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeviceProfile, EMPTY_PROFILE } from '@porthole/protocol';
import { draftOf, readDraft, splitTags } from './profileDraft.ts';

const PROFILE: DeviceProfile = {
  ...EMPTY_PROFILE,
  number: 7,
  group: 'lab',
  tags: ['a', 'b c'],
  colour: 'red',
  notes: 'x\ny',
};

test('a form that nobody touched says what was there', () => {
  assert.deepEqual(readDraft(draftOf('desk', PROFILE)), { name: 'desk', profile: PROFILE });
  assert.deepEqual(readDraft(draftOf('desk', EMPTY_PROFILE)), { name: 'desk', profile: EMPTY_PROFILE });
});

test('what does not fit is told field by field', () => {
  const draft = { ...draftOf(' ', PROFILE), number: '1.5', tags: 'x'.repeat(33), group: 'a\u202eb' };
  assert.deepEqual(readDraft(draft), { problems: { name: true, number: true, tags: true, group: true } });
  assert.deepEqual(readDraft({ ...draftOf('x', PROFILE), number: 'seven' }), { problems: { number: true } });
});

test('tags stand between commas, each once', () => {
  assert.deepEqual(splitTags(' a, b c ,, a'), ['a', 'b c']);
  assert.deepEqual(splitTags(' , '), []);
});
