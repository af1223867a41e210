import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpDate, judge, matchOf, mayContinue } from './conditions.ts';

const VERSION = { etag: 'one', modified: Date.UTC(2026, 0, 1, 12, 0, 0, 700) };
const DATE = httpDate(VERSION.modified) ?? '';

test('a copy of the same etag is still good, whatever the dates say', () => {
  for (const list of ['"one"', 'W/"one"', '"two", "one"', '*'])
    assert.equal(judge({ 'if-none-match': list }, VERSION), 'not-modified', list);
  assert.equal(judge({ 'if-none-match': '"two"', 'if-modified-since': DATE }, VERSION), 'send');
});

test('a date counts in whole seconds, and only without an etag', () => {
  assert.equal(judge({ 'if-modified-since': DATE }, VERSION), 'not-modified');
  assert.equal(judge({ 'if-modified-since': httpDate(VERSION.modified - 1000) ?? '' }, VERSION), 'send');
  assert.equal(judge({ 'if-modified-since': 'yesterday' }, VERSION), 'send');
});

test('whoever insists on another version gets none', () => {
  assert.equal(judge({ 'if-match': '"two"' }, VERSION), 'changed');
  assert.equal(judge({ 'if-match': '"one"' }, VERSION), 'send');
});

test('a part continues only what is surely the same', () => {
  for (const good of [undefined, '"one"']) assert.equal(mayContinue(good, VERSION), true, good);
  for (const bad of ['"two"', 'W/"one"', DATE, httpDate(0), 'nonsense'])
    assert.equal(mayContinue(bad, VERSION), false, bad);
});

test('a change names one etag or none', () => {
  assert.equal(matchOf({ 'if-match': '"abc"' }), 'abc');
  for (const header of ['abc', '"a", "b"', '*', '""']) assert.equal(matchOf({ 'if-match': header }), undefined, header);
});
