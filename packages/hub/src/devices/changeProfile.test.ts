import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeviceProfile, EMPTY_PROFILE } from '@porthole/protocol';
import { changeProfile, tidyProfile } from './changeProfile.ts';

const LAB: DeviceProfile = { number: 7, icon: 'server', colour: 'teal', group: 'Lab', tags: ['a', 'b'], notes: 'n' };

test('what a change leaves out stays, and null takes away', () => {
  assert.deepEqual(changeProfile(LAB, { profile: {} }), LAB);
  assert.deepEqual(changeProfile(LAB, { profile: { group: null, number: 0 } }), { ...LAB, group: null, number: 0 });
  assert.deepEqual(changeProfile(LAB, { profile: { notes: '' } }), { ...LAB, notes: '' });
  const noted = { ...LAB, notes: 'mine' };
  assert.equal(changeProfile(noted, { profile: { notes: 'more' }, notesBefore: 'mine' }).notes, 'more');
  assert.throws(() => changeProfile(noted, { profile: { notes: 'more' }, notesBefore: 'theirs' }), {
    code: 'profile.changed',
  });
});

test('tags are added and taken away, and others stay', () => {
  const change = { profile: {}, addTags: ['c', 'a', 'c'], removeTags: ['b', 'z'] };
  assert.deepEqual(changeProfile(LAB, change).tags, ['a', 'c']);
  assert.deepEqual(changeProfile(LAB, { profile: {}, addTags: ['b'], removeTags: ['b'] }).tags, ['a', 'b']);
});

test('more tags than a device may have are refused', () => {
  const addTags = Array.from({ length: 15 }, (_, n) => `t${n}`);
  assert.throws(() => changeProfile(LAB, { profile: {}, addTags }), { code: 'request.invalid' });
  assert.equal(changeProfile(LAB, { profile: {}, addTags: addTags.slice(1) }).tags.length, 16);
});

test('notes keep their lines and lose what is no text', () => {
  assert.equal(tidyProfile({ ...EMPTY_PROFILE, notes: 'a\n\tb\0\u001b[31mc\ud800' }).notes, 'a\n\tb[31mc\ufffd');
});
