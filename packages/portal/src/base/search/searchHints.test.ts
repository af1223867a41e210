import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchHints } from './searchHints.ts';

const known = { groups: ['lab', 'Ground floor'], tags: ['old'], systems: ['Debian 12'] };
const labels = (query: string) => searchHints(query, known).map(({ label }) => label);
const taken = (query: string) => searchHints(query, known)[0]?.query;

test('nothing written offers what one may begin with', () => {
  assert.deepEqual(labels('').slice(0, 4), ['online', 'offline', 'alert', 'is:favourite']);
});

test('the term being written is completed, what is before it stays', () => {
  assert.deepEqual(labels('online gr'), ['group:']);
  assert.equal(taken('online gr'), 'online group:');
  assert.equal(taken('lab off'), 'lab offline ');
});

test('after a key come the values there are, quoted where they need it', () => {
  assert.deepEqual(labels('group:'), ['group:lab', 'group:Ground floor']);
  assert.equal(taken('group:flo'), 'group:"Ground floor" ');
  assert.equal(taken('group:"ground f'), 'group:"Ground floor" ');
  assert.equal(taken('-tag:'), '-tag:old ');
});

test('what is complete, or like nothing, offers nothing', () => {
  assert.deepEqual([labels('offline'), labels('tag:old'), labels('zebra')], [[], [], []]);
});
