import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyAction, type Pressed } from './keyActions.ts';

function pressed(chord: string): Pressed {
  const parts = chord.split(' ');
  const has = (name: string) => parts.includes(name);
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: has('ctrl'),
    altKey: has('alt'),
    shiftKey: has('shift'),
    metaKey: has('cmd'),
  };
}

const action = (chord: string, place = { mac: false, split: true }) => keyAction(pressed(chord), place);

test('keys that programs use go to the program, an interrupt above all', () => {
  for (const chord of [
    'ctrl c',
    'ctrl v',
    'ctrl d',
    'Escape',
    'Tab',
    'shift Tab',
    'alt d',
    'ctrl ArrowLeft',
    'a',
    'A',
  ]) {
    assert.equal(action(chord), undefined, chord);
  }
  assert.equal(action('ctrl shift _'), undefined, 'undo of line editors');
  assert.equal(action('ctrl alt shift c'), undefined);
});

test('what a terminal cannot tell apart is the page’s', () => {
  assert.equal(action('ctrl shift C'), 'copy');
  assert.equal(action('ctrl shift V'), 'paste');
  assert.equal(action('shift Insert'), 'paste');
  assert.equal(action('ctrl Insert'), 'copy');
  assert.equal(action('ctrl shift F'), 'search');
  assert.equal(action('ctrl -'), 'smaller');
  assert.equal(action('ctrl shift +'), 'larger');
  assert.equal(action('ctrl 0'), 'usualSize');
});

test('arrows choose among panes only where there are several', () => {
  assert.equal(action('ctrl shift ArrowUp'), 'focusUp');
  assert.equal(action('ctrl shift ArrowUp', { mac: false, split: false }), undefined);
});

test('the chord is the three modifiers alone', () => {
  assert.equal(action('ctrl alt shift Shift'), 'leave');
  assert.equal(action('ctrl alt Alt'), undefined);
});

test('on a Mac it is Cmd, and Ctrl is the program’s', () => {
  const mac = { mac: true, split: true };
  assert.equal(action('cmd c', mac), 'copy');
  assert.equal(action('cmd v', mac), 'paste');
  assert.equal(action('ctrl shift C', mac), undefined);
  assert.equal(action('ctrl -', mac), undefined);
});

test('names of the prototype are no keys', () => {
  for (const key of ['constructor', '__proto__', 'toString']) assert.equal(action(`ctrl shift ${key}`), undefined);
});
