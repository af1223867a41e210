import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertRule, StatsSample } from '@porthole/protocol';
import { appliesTo, programsOf } from './appliesTo.ts';
import { validRule } from './validRule.ts';
import { judge } from './verdict.ts';

const SAMPLE: StatsSample = { at: 0, cpu: 0.5, memory: { used: 1, total: 2 } };

function rule(parts: Partial<AlertRule>): AlertRule {
  const all = { id: 'r', scope: { kind: 'all' as const }, threshold: 0.9, forMs: 0, process: null, enabled: true };
  return { ...all, kind: 'cpu', ...parts };
}

test('figures are judged by the threshold, with room below it until they count as good', () => {
  const at = (cpu: number) => judge(rule({ kind: 'cpu' }), { ...SAMPLE, cpu })?.verdict;
  assert.deepEqual([at(0.9), at(0.89), at(0.856), at(0.855), at(0.1)], ['bad', 'close', 'close', 'good', 'good']);
  const disk = (used: number) => judge(rule({ kind: 'disk' }), { ...SAMPLE, disk: { used, total: 100 } });
  assert.deepEqual(
    [disk(95), disk(50)],
    [
      { verdict: 'bad', value: 0.95 },
      { verdict: 'good', value: 0.5 },
    ],
  );
  assert.equal(judge(rule({ kind: 'memory', threshold: 0.5 }), SAMPLE)?.verdict, 'bad');
  assert.equal(judge(rule({ kind: 'temperature', threshold: 90 }), { ...SAMPLE, temperature: 91 })?.verdict, 'bad');
});

test('a sample says nothing of what it does not tell', () => {
  assert.equal(judge(rule({ kind: 'disk' }), SAMPLE), undefined);
  assert.equal(judge(rule({ kind: 'temperature', threshold: 90 }), SAMPLE), undefined);
  assert.equal(judge(rule({ kind: 'memory' }), { ...SAMPLE, memory: { used: 5, total: 0 } }), undefined);
  assert.equal(judge(rule({ kind: 'offline', threshold: null }), SAMPLE), undefined);
});

test('a program is missed while the device says so', () => {
  const nginx = rule({ kind: 'process', process: 'nginx', threshold: null });
  assert.equal(judge(nginx, { ...SAMPLE, missing: ['sshd', 'nginx'] })?.verdict, 'bad');
  assert.equal(judge(nginx, { ...SAMPLE, missing: ['sshd'] })?.verdict, 'good');
  assert.equal(judge(nginx, SAMPLE)?.verdict, 'good');
});

test('rules are about all devices, a group, or one', () => {
  const device = { id: 'd', group: 'lab' };
  assert.equal(appliesTo({ scope: { kind: 'all' } }, device), true);
  assert.equal(appliesTo({ scope: { kind: 'group', group: 'lab' } }, device), true);
  assert.equal(appliesTo({ scope: { kind: 'group', group: 'lab' } }, { ...device, group: null }), false);
  assert.equal(appliesTo({ scope: { kind: 'device', device: 'd' } }, device), true);
  assert.equal(appliesTo({ scope: { kind: 'device', device: 'e' } }, device), false);
});

test('names of programs fit one question, each once', () => {
  const named = (process: string) => rule({ kind: 'process', process });
  assert.deepEqual(programsOf([named('a'), rule({}), named('b'), named('a')]), { text: 'a\nb', isWhole: true });
  const many = programsOf(['1', '2', '3', '4', '5'].map((digit) => named(digit.repeat(64))));
  assert.deepEqual([many.isWhole, many.text.length], [false, 64 * 3 + 2]);
});

test('a rule has what its kind needs, and nothing else', () => {
  const { id: _, ...body } = rule({ kind: 'cpu', process: 'x' });
  assert.deepEqual(validRule(body), { ...body, process: null });
  assert.deepEqual(validRule({ ...body, kind: 'offline' }), {
    ...body,
    kind: 'offline',
    threshold: null,
    process: null,
  });
  for (const wrong of [
    { ...body, threshold: null },
    { ...body, threshold: 90 },
    { ...body, kind: 'temperature' as const, threshold: null },
    { ...body, kind: 'process' as const, process: null },
  ]) {
    assert.throws(() => validRule(wrong), { code: 'request.invalid' });
  }
});
