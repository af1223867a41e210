import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appearance } from '@porthole/protocol';
import { BUILT_IN } from '../preferences/builtIn.ts';
import { Store } from '../store.ts';
import { followAppearance } from './followAppearance.ts';
import { Look } from './look.ts';

const USUAL = BUILT_IN.appearance;
const DARK: Appearance = { ...USUAL, scheme: 'dark', accent: 'teal', density: 'compact' };

function scene(kept: Appearance = USUAL) {
  const shelf = { text: JSON.stringify(kept) };
  const attributes = new Map<string, string>();
  const look = new Look({
    storage: {
      getItem: () => shelf.text,
      setItem: (_key, value) => {
        shelf.text = value;
      },
    },
    root: { setAttribute: (name: string, value: string) => void attributes.set(name, value) },
  });
  const hub = { isKnown: false, isOwn: false };
  const chosen = new Store<Appearance>(USUAL);
  const ready = new Store(false);
  const preferences = {
    follow: () => chosen as never,
    ready,
    isKnown: () => hub.isKnown,
    isOwn: () => hub.isOwn,
  };
  const first: Appearance['language'][] = [];
  const stop = followAppearance({ preferences, look, first: ({ language }) => first.push(language) });
  const answer = (appearance: Appearance) => {
    hub.isKnown = true;
    chosen.set(appearance);
    ready.set(true);
  };
  return { look, shelf, attributes, hub, chosen, ready, first, stop, answer };
}

test('a page looks as it did last from the first moment', () => {
  const { attributes, look } = scene(DARK);
  assert.deepEqual([attributes.get('data-accent'), attributes.get('data-density')], ['teal', 'compact']);
  assert.equal(look.schemeManager.get('light'), 'dark');
});

test('it keeps looking so until the hub has told, and when the hub cannot tell', () => {
  const { look, ready } = scene(DARK);
  ready.set(true);
  assert.deepEqual(look.current.get(), DARK);
});

test('what the hub tells holds at once, and the next time', () => {
  const { look, shelf, attributes, answer } = scene();
  const heard: string[] = [];
  const { schemeManager } = look;
  schemeManager.subscribe((scheme) => heard.push(scheme));
  answer(DARK);
  schemeManager.unsubscribe();
  assert.deepEqual([heard.at(-1), attributes.get('data-accent')], ['dark', 'teal']);
  assert.deepEqual(JSON.parse(shelf.text), DARK);
});

test('the language is asked about once: work is not lost when it changes elsewhere', () => {
  const { chosen, first, answer } = scene();
  answer({ ...USUAL, language: 'de' });
  chosen.set({ ...USUAL, language: 'en' });
  assert.deepEqual(first, ['de']);
});

test('what is chosen here before the hub has answered shows, and whoever stopped hears no more', () => {
  const { look, hub, chosen, stop } = scene();
  hub.isOwn = true;
  chosen.set(DARK);
  assert.deepEqual(look.current.get(), DARK);
  stop();
  chosen.set(USUAL);
  assert.deepEqual(look.current.get(), DARK);
});
