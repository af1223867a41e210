import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUILT_IN } from '../preferences/builtIn.ts';
import { keepAppearance, keptAppearance } from './keptAppearance.ts';

const DARK = { ...BUILT_IN.appearance, scheme: 'dark', accent: 'teal', language: 'de' } as const;

function shelf(kept: string | null = null) {
  const storage = {
    kept,
    getItem: () => storage.kept,
    setItem: (_key: string, value: string) => {
      storage.kept = value;
    },
  };
  return storage;
}

test('what was kept is there the next time', () => {
  const storage = shelf();
  assert.equal(keepAppearance(storage, DARK), true);
  assert.deepEqual(keptAppearance(storage), DARK);
});

for (const kept of [null, '', '{', '[]', '"dark"', '{"scheme":"dark"}', JSON.stringify({ ...DARK, accent: 'mauve' })]) {
  test(`the page looks as for everybody when ${kept} was kept`, () => {
    assert.deepEqual(keptAppearance(shelf(kept)), BUILT_IN.appearance);
  });
}

test('a browser that refuses its storage disturbs nothing', () => {
  const refusing = () => {
    throw new Error('denied');
  };
  const storage = { getItem: refusing, setItem: refusing };
  assert.deepEqual(keptAppearance(storage), BUILT_IN.appearance);
  assert.equal(keepAppearance(storage, DARK), false);
});
