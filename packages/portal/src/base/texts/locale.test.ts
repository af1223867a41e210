import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ERRORS, PortholeError } from '@porthole/protocol';
import { sentenceOf, toError } from '../api.ts';
import { compareNatural } from '../compareNatural.ts';
import { formatAgo, formatExact, formatMemory, formatMoment, formatMs, formatStamp } from '../format.ts';
import { sentenceFor } from '../sentenceFor.ts';
import { setTexts, texts } from '../texts.ts';
import { german } from './de/german.ts';
import { english } from './en/english.ts';

before(() => setTexts(german));
after(() => setTexts(english));

const NOON = new Date(2026, 4, 3, 12, 2).getTime();

test('numbers, dates and times are written as German writes them', () => {
  assert.equal(formatMemory(8_246_337_208), '7,68 GiB');
  assert.equal(formatMs(4.21), '4,2 ms');
  assert.equal(formatAgo(NOON - 7_200_000, NOON), 'vor 2 Std.');
  assert.equal(formatMoment(NOON, NOON), '12:02');
  assert.match(formatStamp(NOON), /^03\. Mai 2026/);
  assert.match(formatExact(NOON), /^Sonntag, 3\. Mai 2026/);
});

test('names are in German order', () => {
  assert.deepEqual(['Zoo', 'Äpfel', 'lab-10', 'lab-2', 'Birne'].sort(compareNatural), [
    'Äpfel',
    'Birne',
    'lab-2',
    'lab-10',
    'Zoo',
  ]);
});

test('refusals of the hub are told by their code', () => {
  const answer = { code: 'request.invalid', message: 'username is not valid.' };
  assert.equal(toError(400, answer).message, 'Die Anfrage ist ungültig.');
  assert.equal(sentenceFor('device.offline', 'The device is offline.'), 'Das Gerät ist offline.');
  assert.equal(sentenceOf(new PortholeError('not-found')), 'Hier gibt es nichts.');
  assert.equal(sentenceOf(new Error('boom')), texts.errors.internal);
});

test('what the page says itself stays as it is', () => {
  assert.equal(sentenceOf(new PortholeError('internal', texts.link.unreachable)), german.link.unreachable);
});

test('in English the hub may be more precise than the catalogue', () => {
  setTexts(english);
  assert.equal(sentenceFor('request.invalid', 'username is not valid.'), 'username is not valid.');
  assert.equal(sentenceFor('request.invalid'), ERRORS['request.invalid'].message);
  setTexts(german);
});
