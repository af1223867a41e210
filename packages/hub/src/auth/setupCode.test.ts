import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SetupCode } from './setupCode.ts';

test('a setup code is three groups of four, different each time', () => {
  const [one, other] = [new SetupCode(), new SetupCode()];
  assert.match(one.text, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  assert.notEqual(one.text, other.text);
});

test('a setup code is known however it is typed, and nothing else passes', () => {
  const code = new SetupCode();
  assert.equal(code.matches(code.text), true);
  assert.equal(code.matches(` ${code.text.toLowerCase().replaceAll('-', ' ')} `), true);
  for (const wrong of ['', code.text.slice(1), `${code.text}A`, new SetupCode().text])
    assert.equal(code.matches(wrong), false);
});
