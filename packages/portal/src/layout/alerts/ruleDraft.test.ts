import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertRule } from '@porthole/protocol';
import { draftOf, NEW_RULE, ofKind, ruleOf } from './ruleDraft.ts';

const RULES: AlertRule[] = [
  {
    id: 'a'.repeat(16),
    kind: 'offline',
    scope: { kind: 'all' },
    threshold: null,
    forMs: 300_000,
    process: null,
    enabled: true,
  },
  {
    id: 'b'.repeat(16),
    kind: 'disk',
    scope: { kind: 'group', group: 'lab: 2' },
    threshold: 0.9,
    forMs: 0,
    process: null,
    enabled: false,
  },
  {
    id: 'c'.repeat(16),
    kind: 'temperature',
    scope: { kind: 'device', device: 'd'.repeat(26) },
    threshold: 85,
    forMs: 90_000,
    process: null,
    enabled: true,
  },
  {
    id: 'd'.repeat(16),
    kind: 'process',
    scope: { kind: 'all' },
    threshold: null,
    forMs: 60_000,
    process: 'nginx',
    enabled: true,
  },
];

test('a rule that is opened and saved unchanged stays what it was', () => {
  for (const rule of RULES) {
    const { id: _, ...body } = rule;
    assert.deepEqual(ruleOf(draftOf(rule)), body);
  }
});

test('a new rule is sensible from the start, and so is each kind that is chosen', () => {
  assert.equal(ruleOf(NEW_RULE)?.threshold, 0.9);
  assert.equal(ruleOf(ofKind(NEW_RULE, 'temperature'))?.threshold, 90);
  assert.equal(ruleOf(ofKind(NEW_RULE, 'offline'))?.threshold, null);
  assert.equal(ruleOf(ofKind(NEW_RULE, 'process')), undefined, 'which program is for a person to say');
});

test('what is out of bounds or no number makes no rule', () => {
  for (const threshold of ['', '0', '101', '-5', 'many'])
    assert.equal(ruleOf({ ...NEW_RULE, threshold }), undefined, threshold);
  for (const minutes of ['', '-1', '1441', 'soon']) assert.equal(ruleOf({ ...NEW_RULE, minutes }), undefined, minutes);
});

test('a comma is as good as a point', () => {
  assert.equal(ruleOf({ ...NEW_RULE, threshold: '92,5' })?.threshold, 0.925);
});
