import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatAgo,
  formatExact,
  formatMemory,
  formatMoment,
  formatMs,
  formatRate,
  formatShare,
  formatSize,
  formatStamp,
  initials,
  visibleText,
} from './format.ts';

const NOW = new Date(2026, 4, 20, 15, 30).getTime();
const minutes = (n: number) => NOW - n * 60_000;

test('the past is told in the unit that fits', () => {
  assert.equal(formatAgo(minutes(0.5), NOW), 'just now');
  assert.equal(formatAgo(minutes(1), NOW), '1 min ago');
  assert.equal(formatAgo(minutes(59.9), NOW), '59 min ago');
  assert.equal(formatAgo(minutes(180), NOW), '3 h ago');
  assert.equal(formatAgo(minutes(60 * 24), NOW), '1 day ago');
  assert.equal(formatAgo(minutes(60 * 24 * 40), NOW), '40 days ago');
});

test('a clock that runs ahead and a time that is none do not confuse', () => {
  assert.equal(formatAgo(NOW + 90_000, NOW), 'just now');
  assert.equal(formatAgo(Number.NaN, NOW), 'just now');
  assert.equal(formatMoment(Number.NaN, NOW), 'unknown');
  assert.equal(formatExact(1e300), 'unknown');
});

test('a moment of today is its time, an older one has its day', () => {
  assert.equal(formatMoment(new Date(2026, 4, 20, 14, 2).getTime(), NOW), '14:02');
  assert.equal(formatMoment(new Date(2026, 4, 19, 14, 2).getTime(), NOW), '19 May, 14:02');
});

test('memory has IEC units and three figures', () => {
  assert.equal(formatMemory(0), '0 B');
  assert.equal(formatMemory(1023), '1023 B');
  assert.equal(formatMemory(8_246_337_208), '7.68 GiB');
  assert.equal(formatMemory(64 * 2 ** 30), '64.0 GiB');
  assert.equal(formatMemory(-1), '–');
  assert.equal(formatMemory(Number.NaN), '–');
});

test('shares, times and rates read naturally', () => {
  assert.deepEqual([0, 0.074, 1, 7].map(formatShare), ['0 %', '7 %', '100 %', '100 %']);
  assert.deepEqual([0.04, 4.21, 9.96, 24.4].map(formatMs), ['0.0 ms', '4.2 ms', '10 ms', '24 ms']);
  assert.deepEqual([0, 85, 2903].map(formatRate), ['0 B/s', '85.0 kB/s', '2.90 MB/s']);
});

test('characters that hide or reorder text are shown as what they are', () => {
  assert.equal(visibleText('invoice\u202egpj.exe'), 'invoice\\u{202e}gpj.exe');
  assert.equal(visibleText('a\u0000b\nc\u200bd\u2066'), 'a\\u{0000}b\\u{000a}c\\u{200b}d\\u{2066}');
  assert.equal(visibleText('tag\u{e0041}'), 'tag\\u{e0041}');
  assert.equal(visibleText('lone\ud800'), 'lone\\u{d800}');
});

test('ordinary text of any script stays as it is', () => {
  for (const text of ['Küche', '漢字', 'Ελλάδα', 'naïve 😀', 'שלום']) assert.equal(visibleText(text), text);
});

test('towers of marks and endless names are cut', () => {
  assert.equal(visibleText(`z${'\u0335'.repeat(50)}`).length, 4);
  assert.equal(visibleText('x'.repeat(400), 10), 'xxxxxxxxxx…');
});

test('initials come from the parts of a user name', () => {
  assert.deepEqual(['bob', 'ada.lovelace', 'j_r_tolkien', 'émile', ''].map(initials), ['B', 'AL', 'JR', 'É', '?']);
});

test('files and drives are counted in thousands', () => {
  assert.equal(formatSize(0), '0 B');
  assert.equal(formatSize(999), '999 B');
  assert.equal(formatSize(4_200_000), '4.20 MB');
  assert.equal(formatSize(-1), '–');
});

test('a time that is none does not throw', () => {
  assert.equal(formatStamp(Number.NaN), 'unknown');
  assert.equal(formatStamp(1e300), 'unknown');
  assert.match(formatStamp(1_700_000_000_000), /^1[45] Nov 2023, /);
});
