import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLanguage } from './chooseLanguage.ts';

test('what was chosen holds, whatever the browser asks for', () => {
  assert.equal(chooseLanguage('de', ['en-GB']), 'de');
  assert.equal(chooseLanguage('en', ['de']), 'en');
});

test('otherwise it is the first language that the browser asks for and that there is', () => {
  assert.equal(chooseLanguage('system', ['fr-FR', 'de-AT', 'en']), 'de');
  assert.equal(chooseLanguage('system', ['en-US', 'de']), 'en');
  assert.equal(chooseLanguage('system', ['DE']), 'de');
});

test('a language that only begins alike is another one', () => {
  assert.equal(chooseLanguage('system', ['den', 'enm']), 'en');
  assert.equal(chooseLanguage('system', ['den', 'de']), 'de');
});

test('it is English when the browser asks for nothing that there is', () => {
  assert.equal(chooseLanguage('system', []), 'en');
  assert.equal(chooseLanguage('system', ['fr', '', '-']), 'en');
});
