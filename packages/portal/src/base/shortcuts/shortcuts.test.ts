import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chordOf, type KeyPress } from './chordOf.ts';
import { type KeyPlace, Shortcuts } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const PAGE: KeyPlace = { isTyping: false, isTaken: false, isCovered: false };

test('keys are named as the table has them', () => {
  assert.equal(chordOf(press('k', { ctrlKey: true })), 'ctrl+k');
  assert.equal(chordOf(press('K', { metaKey: true })), 'ctrl+k');
  assert.equal(chordOf(press('K', { ctrlKey: true, shiftKey: true })), 'ctrl+shift+k');
  assert.equal(chordOf(press('?', { shiftKey: true })), '?');
  assert.equal(chordOf(press('Delete', { shiftKey: true })), 'shift+delete');
  assert.equal(chordOf(press(' ')), 'space');
});

function scene() {
  const shortcuts = new Shortcuts();
  const ran: string[] = [];
  const add = (name: 'help' | 'palette', as: string = name) => shortcuts.add(name, () => ran.push(as));
  const type = (key: KeyPress, place: Partial<KeyPlace> = {}) => shortcuts.find(key, { ...PAGE, ...place })?.();
  return { ran, add, type };
}

const HELP = press('?', { shiftKey: true });
const PALETTE = press('k', { ctrlKey: true });

test('a shortcut does what the last one asked for, and nothing when nobody is left', () => {
  const { ran, add, type } = scene();
  const stopFirst = add('help', 'first');
  const stopSecond = add('help', 'second');
  type(HELP);
  stopSecond();
  type(HELP);
  stopFirst();
  type(HELP);
  assert.deepEqual(ran, ['second', 'first']);
});

test('nothing happens while somebody types, but for chords with Ctrl', () => {
  const { ran, add, type } = scene();
  add('help');
  add('palette');
  type(HELP, { isTyping: true });
  type(HELP, { isCovered: true });
  assert.deepEqual(ran, []);
  type(PALETTE, { isTyping: true });
  assert.deepEqual(ran, ['palette']);
});

test('nothing at all happens while a screen or a terminal has the keyboard', () => {
  const { ran, add, type } = scene();
  add('help');
  add('palette');
  type(HELP, { isTaken: true });
  type(PALETTE, { isTaken: true });
  assert.deepEqual(ran, []);
});
