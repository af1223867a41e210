import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupOf, type Key, type Keymap, translateKey, unpackKeymap, unusedKeycodes } from './keymap.ts';

const key = (values: Partial<Key>): Key => ({
  groups: 1,
  outOfRange: 'wrap',
  types: [0, 0],
  width: 1,
  symbols: [0x61],
  ...values,
});

test('a group that a key lacks is wrapped, clamped or redirected as the key says', () => {
  const groups = [0, 1, 2, 3, 5, -1];
  assert.deepEqual(
    groups.map((group) => groupOf(key({ groups: 2 }), group)),
    [0, 1, 0, 1, 1, 1],
  );
  assert.deepEqual(
    groups.map((group) => groupOf(key({ groups: 2, outOfRange: 'clamp' }), group)),
    [0, 1, 1, 1, 1, 0],
  );
  assert.deepEqual(
    groups.map((group) => groupOf(key({ groups: 2, outOfRange: 1 }), group)),
    [0, 1, 1, 1, 1, 1],
  );
  assert.equal(groupOf(key({ groups: 1, outOfRange: 3 }), 2), 0);
});

test('CapsLock makes capitals only where the key did not deal with it itself', () => {
  const keymap: Keymap = {
    types: [
      { mods: 1, entries: [{ mods: 1, level: 1, preserve: 0 }] },
      { mods: 3, entries: [{ mods: 2, level: 0, preserve: 0 }] },
      { mods: 3, entries: [{ mods: 2, level: 0, preserve: 2 }] },
    ],
    keys: new Map([
      [10, key({ types: [0] })],
      [11, key({ types: [1] })],
      [12, key({ types: [2] })],
    ]),
    modifiers: new Map(),
  };
  const typed = [10, 11, 12].map((keycode) => translateKey(keymap, keycode, { mods: 2, group: 0 }));
  assert.deepEqual(typed, [0x0100_0041, 0x61, 0x0100_0041]);
  assert.equal(translateKey(keymap, 99, { mods: 0, group: 0 }), 0);
});

test('unused keycodes type nothing and switch nothing', () => {
  const keymap: Keymap = {
    types: [],
    keys: new Map([
      [8, key({})],
      [9, key({ symbols: [0, 0] })],
    ]),
    modifiers: new Map([[10, 8]]),
  };
  assert.deepEqual(unusedKeycodes(keymap, 8, 12), [12, 11, 9]);
});

test('a reply of any bytes is a map or a RangeError', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
    try {
      unpackKeymap(Buffer.from(bytes));
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
  });
  fc.assert(property, { seed: 20_261_122, numRuns: 2_000 });
});
