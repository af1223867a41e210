import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notInstalled } from './debian.mjs';
import { hasLinks, isInstalled, matchesLock, ROOT } from './install.mjs';

const LOCK = {
  '': {},
  'packages/hub': { version: '0.1.0' },
  'node_modules/@porthole/hub': { link: true },
  'node_modules/ws': { version: '8.0.0' },
  'node_modules/for-another-system': { version: '1.0.0', optional: true },
};

test('what the lock file names and is there in that version needs no installation', () => {
  assert.equal(matchesLock(LOCK, { 'node_modules/ws': { version: '8.0.0' } }), true);
});

test('a missing package and another version call for an installation', () => {
  assert.equal(matchesLock(LOCK, {}), false);
  assert.equal(matchesLock(LOCK, { 'node_modules/ws': { version: '7.0.0' } }), false);
});

test('a package of our own that came later calls for an installation', () => {
  assert.equal(hasLinks(ROOT, { 'node_modules/@porthole/hub': { link: true }, 'node_modules/none': {} }), true);
  assert.equal(hasLinks(ROOT, { 'node_modules/@porthole/none': { link: true } }), false);
});

test('this checkout is installed, or this test would not run', () => {
  assert.equal(isInstalled(ROOT), true);
});

test('of Debian packages, only those that are installed and configured count', () => {
  const listing = 'xvfb ii \nopenbox rc \nxterm un \nchromium ii \nheld hi \n';
  const names = ['xvfb', 'openbox', 'xterm', 'chromium', 'held', 'unheard-of'];
  assert.deepEqual(notInstalled(names, listing), ['openbox', 'xterm', 'unheard-of']);
});
