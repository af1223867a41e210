import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xkbKeyName } from './domCodes.ts';

test('codes give the XKB name of the key at the same place', () => {
  const cases: [string, string | undefined][] = [
    ['KeyQ', 'AD01'],
    ['KeyP', 'AD10'],
    ['KeyL', 'AC09'],
    ['KeyM', 'AB07'],
    ['Digit1', 'AE01'],
    ['Digit0', 'AE10'],
    ['F1', 'FK01'],
    ['F12', 'FK12'],
    ['Numpad5', 'KP5'],
    ['NumpadEnter', 'KPEN'],
    ['ArrowUp', 'UP'],
    ['Key1', undefined],
    ['', undefined],
    ['toString', undefined],
    ['__proto__', undefined],
  ];
  for (const [code, name] of cases) assert.equal(xkbKeyName(code), name, code);
});
