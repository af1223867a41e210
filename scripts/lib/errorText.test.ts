import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorText } from './errorText.ts';

test('a failure is not hidden by another one while closing', () => {
  const text = errorText(new SuppressedError(new Error('cannot close'), new Error('wrong colour')));
  assert.match(text, /^Error: wrong colour[\s\S]*while closing:\nError: cannot close/);
});

test('causes are told', () => {
  assert.match(errorText(new Error('not within 5 s', { cause: new Error('refused') })), /because of:\nError: refused/);
});

test('things that are no errors are shown as they are', () => {
  assert.equal(errorText('test failed'), 'test failed');
  assert.equal(errorText({ code: 3 }), '{ code: 3 }');
});
