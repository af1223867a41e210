import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../wire/bytes.ts';
import { decodeInput, encodeInput, type InputMessage, MAX_INPUT_TEXT } from './input.ts';

/** Records as literals make them. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

const u16 = fc.integer({ min: 0, max: 0xffff });
const i16 = fc.integer({ min: -0x8000, max: 0x7fff });
const point = { x: u16, y: u16 };
const message: fc.Arbitrary<InputMessage> = fc.oneof(
  record({ type: fc.constant('move' as const), ...point }),
  record({
    type: fc.constant('button' as const),
    button: fc.integer({ min: 0, max: 4 }),
    down: fc.boolean(),
    ...point,
  }),
  record({ type: fc.constant('wheel' as const), dx: i16, dy: i16, ...point }),
  record({
    type: fc.constant('key' as const),
    down: fc.boolean(),
    keysym: fc.integer({ min: 0, max: 0xffff_ffff }),
    code: fc.string({ maxLength: 8, unit: 'grapheme-ascii' }),
  }),
  fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => ({ type: 'text' as const, text })),
  fc.constant({ type: 'release' as const }),
);

test('every message of pointer and keys survives the wire', () => {
  fc.assert(
    fc.property(message, (message) => assert.deepEqual(decodeInput(encodeInput(message)), message)),
    { seed: 8, numRuns: 500 },
  );
});

test('texts keep what one keyboard cannot type, and their line ends', () => {
  const text = 'ß é ñ € 漢 🙂\n\t\u0000';
  assert.deepEqual(decodeInput(encodeInput({ type: 'text', text })), { type: 'text', text });
});

test('buttons, flags and texts out of bounds are refused', () => {
  const wrong = {
    nothing: [],
    'kind 0': [0],
    'kind 7': [7],
    'button 5': [2, 5, 1, 0, 0, 0, 0],
    'down 2': [2, 0, 2, 0, 0, 0, 0],
    'short move': [1, 0, 0, 0],
    'long move': [1, 0, 0, 0, 0, 0],
    'long release': [6, 0],
    'code shorter than said': [4, 1, 0, 0, 0, 0, 5, 65],
    'code not UTF-8': [4, 1, 0, 0, 0, 0, 1, 0xff],
    'text not UTF-8': [5, 0xc0],
  };
  for (const [what, bytes] of Object.entries(wrong)) {
    assert.throws(() => decodeInput(Uint8Array.from(bytes)), WireError, what);
  }
  const long = encodeInput({ type: 'text', text: 'x'.repeat(MAX_INPUT_TEXT + 1) });
  assert.throws(() => decodeInput(long), WireError);
  assert.throws(
    () => decodeInput(encodeInput({ type: 'key', down: true, keysym: 1, code: 'x'.repeat(33) })),
    WireError,
  );
});
