import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalKeysym, codePointToKeysym, keysymToCodePoint, upperKeysym } from './keysyms.ts';

const point = (character: string): number => character.codePointAt(0) ?? -1;

test('keysyms of every age give their character', () => {
  const cases: [number, string][] = [
    [0x61, 'a'],
    [0xdf, 'ß'],
    [0x1b1, 'ą'],
    [0x6d3, 'с'],
    [0x7e1, 'α'],
    [0xce0, 'א'],
    [0x20ac, '€'],
    [0x0100_6f22, '漢'],
    [0x0101_f600, '😀'],
  ];
  for (const [keysym, character] of cases) assert.equal(keysymToCodePoint(keysym), point(character), character);
});

test('keys that type nothing have no character', () => {
  for (const keysym of [0, 0xff0d, 0xffe1, 0xfe03, 0xfe51, 0xffb1, 0x1008_ff14]) {
    assert.equal(keysymToCodePoint(keysym), undefined);
    assert.equal(canonicalKeysym(keysym), keysym);
  }
});

test('both keysyms of a character have one canonical name', () => {
  assert.equal(canonicalKeysym(0x6d3), canonicalKeysym(0x0100_0441));
  assert.equal(canonicalKeysym(0xe9), canonicalKeysym(0x0100_00e9));
});

test('text turns into keysyms, control characters do not', () => {
  assert.deepEqual(
    ['A', 'é', '€', '😀', '\n', '\t'].map((text) => codePointToKeysym(point(text))),
    [0x41, 0xe9, 0x0100_20ac, 0x0101_f600, 0xff0d, 0xff09],
  );
  for (const control of [0, 0x07, 0x1b, 0x7f, 0x9b, 0x11_0000]) assert.equal(codePointToKeysym(control), undefined);
});

test('capitals are those of one character; ß has none', () => {
  assert.equal(keysymToCodePoint(upperKeysym(0xe9)), point('É'));
  assert.equal(keysymToCodePoint(upperKeysym(0x6d3)), point('С'));
  for (const keysym of [0xdf, 0x41, 0x31, 0xff0d]) assert.equal(upperKeysym(keysym), keysym);
});
