import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../wire/bytes.ts';
import { MAX_COLUMNS, MAX_ROWS } from './terminal.ts';
import {
  decodeFromTerminal,
  decodeToTerminal,
  encodeFromTerminal,
  encodeToTerminal,
  type FromTerminal,
  MAX_TERMINAL_INPUT,
  type ToTerminal,
} from './terminalMessages.ts';

const constant = <T extends string>(type: T) => fc.constant(type);
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });
const bytes = fc.uint8Array({ maxLength: 200 });
const json = fc.dictionary(fc.string({ maxLength: 5 }), fc.integer(), { noNullPrototype: true, maxKeys: 3 });
const size = record({
  columns: fc.integer({ min: 1, max: MAX_COLUMNS }),
  rows: fc.integer({ min: 1, max: MAX_ROWS }),
});
const fromTerminal: fc.Arbitrary<FromTerminal> = fc.oneof(
  record({ type: constant('item'), json }),
  record({ type: constant('output'), bytes }),
  record({ type: constant('screen'), size }),
  fc.constant({ type: 'ready' as const }),
  record({ type: constant('size'), size }),
  record({ type: constant('done'), json }),
);
const toTerminal: fc.Arbitrary<ToTerminal> = fc.oneof(
  record({ type: constant('ask'), json }),
  record({ type: constant('input'), bytes }),
  record({ type: constant('size'), size }),
);

test('every message comes back as it was', () => {
  const same = { seed: 5, numRuns: 300 };
  fc.assert(
    fc.property(fromTerminal, (message) => {
      assert.deepEqual(decodeFromTerminal(encodeFromTerminal(message)), message);
    }),
    same,
  );
  fc.assert(
    fc.property(toTerminal, (message) => {
      assert.deepEqual(decodeToTerminal(encodeToTerminal(message)), message);
    }),
    same,
  );
});

test('what is no message is refused: unknown, cut short, too long, of no size, not JSON', () => {
  const wrong = [
    [],
    [0],
    [9],
    [3, 0],
    [3, 0, 0, 0, 24],
    [3, 0, 80, 0, 24, 1],
    [3, 0xff, 0xff, 0, 24],
    [4, 0],
    [1, 0x7b],
  ];
  for (const each of wrong) assert.throws(() => decodeFromTerminal(Uint8Array.from(each)), WireError, String(each));
  for (const each of [[], [2], [5, 0, 80, 0, 0], [7, 0xff]]) {
    assert.throws(() => decodeToTerminal(Uint8Array.from(each)), WireError, String(each));
  }
  const large = encodeToTerminal({ type: 'input', bytes: new Uint8Array(MAX_TERMINAL_INPUT + 1) });
  assert.throws(() => decodeToTerminal(large), WireError);
});
