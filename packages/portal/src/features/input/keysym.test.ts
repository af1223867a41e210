import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLockKey, keysymOf, keysymOfText } from './keysym.ts';

const key = (key: string, code = '', location = 0) => keysymOf({ key, code, location });

test('Latin-1 characters stand for themselves', () => {
  assert.equal(key('a', 'KeyA'), 0x61);
  assert.equal(key('A', 'KeyA'), 0x41);
  assert.equal(key(' ', 'Space'), 0x20);
  assert.equal(key('ß', 'Minus'), 0xdf);
  assert.equal(key('é', 'Digit2'), 0xe9);
  assert.equal(key('ÿ', ''), 0xff);
});

test('characters beyond Latin-1 follow the Unicode rule', () => {
  assert.equal(key('€', 'KeyE'), 0x0100_20ac);
  assert.equal(key('漢', ''), 0x0100_6f22);
  assert.equal(key('с', 'KeyC'), 0x0100_0441);
  assert.equal(key('😀', ''), 0x0101_f600);
  assert.equal(key('Ā', ''), 0x0100_0100);
});

test('control characters, lone surrogates and longer texts have no keysym', () => {
  for (const text of ['', '\u0007', '\u007f', '\u0085', '\ud83d', 'ab', 'e\u0301']) assert.equal(keysymOfText(text), 0);
  assert.equal(key('Unidentified', 'KeyA'), 0);
  assert.equal(key('Dead', 'Equal'), 0);
});

test('named keys have their X11 keysym', () => {
  assert.equal(key('Enter', 'Enter'), 0xff0d);
  assert.equal(key('Backspace', 'Backspace'), 0xff08);
  assert.equal(key('Escape', 'Escape'), 0xff1b);
  assert.equal(key('Delete', 'Delete'), 0xffff);
  assert.equal(key('ArrowLeft', 'ArrowLeft'), 0xff51);
  assert.equal(key('AltGraph', 'AltRight', 2), 0xfe03);
  assert.equal(key('AudioVolumeUp', 'AudioVolumeUp'), 0x1008_ff13);
});

test('function keys run from F1 to F35', () => {
  assert.equal(key('F1', 'F1'), 0xffbe);
  assert.equal(key('F12', 'F12'), 0xffc9);
  assert.equal(key('F24', 'F24'), 0xffd5);
  assert.equal(key('F35', 'F35'), 0xffe0);
  assert.equal(key('F0', ''), 0);
  assert.equal(key('F36', ''), 0);
});

test('a modifier is the left or the right one', () => {
  assert.equal(key('Shift', 'ShiftLeft', 1), 0xffe1);
  assert.equal(key('Shift', 'ShiftRight', 2), 0xffe2);
  assert.equal(key('Control', 'ControlRight', 2), 0xffe4);
  assert.equal(key('Meta', 'MetaRight', 2), 0xffec);
  assert.equal(key('Alt', 'AltRight', 0), 0xffea);
});

test('the keypad has keysyms of its own, and types what the layout prints on its decimal key', () => {
  assert.equal(key('5', 'Numpad5', 3), 0xffb5);
  assert.equal(key('5', 'Digit5', 0), 0x35);
  assert.equal(key('Home', 'Numpad7', 3), 0xff95);
  assert.equal(key('Enter', 'NumpadEnter', 3), 0xff8d);
  assert.equal(key('+', 'NumpadAdd', 3), 0xffab);
  assert.equal(key(',', 'NumpadDecimal', 3), 0x2c);
});

test('keys named like properties of every object mean nothing', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    assert.equal(key(name, name), 0);
    assert.equal(key(name, name, 3), 0);
  }
});

test('only the three locks are lock keys', () => {
  assert.deepEqual(['CapsLock', 'NumLock', 'ScrollLock', 'Shift', 'a'].map(isLockKey), [
    true,
    true,
    true,
    false,
    false,
  ]);
});
