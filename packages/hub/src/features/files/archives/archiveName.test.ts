import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archiveName } from './archiveName.ts';

test('one is named as itself, many as their folder', () => {
  assert.equal(archiveName(['/srv/photos/a.jpg']), 'a.jpg');
  assert.equal(archiveName(['/srv/photos/a.jpg', '/srv/photos/b.jpg']), 'photos');
  assert.equal(archiveName(['/srv/photos/a/', '/srv/b']), 'photos');
  assert.equal(archiveName(['D:\\photos\\a.jpg', 'D:\\photos\\b.jpg']), 'photos');
  assert.equal(archiveName(['/a', '/b']), 'files');
});
