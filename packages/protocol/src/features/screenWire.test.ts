import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../wire/bytes.ts';
import {
  type CodedRect,
  Coder,
  MAX_SIDE,
  PICTURES,
  type ScreenMessage,
  type ScreenReply,
  type ScreenState,
  type VideoPiece,
} from './screen.ts';
import {
  decodeCopy,
  decodeScreen,
  decodeScreenReply,
  decodeVideoPiece,
  encodeCopy,
  encodeScreen,
  encodeScreenReply,
  encodeVideoPiece,
  isScreenWish,
} from './screenWire.ts';

/** Records as literals make them. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

const u16 = fc.integer({ min: 0, max: 0xffff });
const i16 = fc.integer({ min: -0x8000, max: 0x7fff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const moment = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Costs travel in tenths of a millisecond. */
const cost = u16.map((tenths) => tenths / 10);
const side = fc.integer({ min: 1, max: 256 });
const place = fc.integer({ min: 0, max: MAX_SIDE - 256 });

const rect: fc.Arbitrary<CodedRect> = record({
  x: place,
  y: place,
  width: side,
  height: side,
  coder: fc.constantFrom(...Object.values(Coder)),
  bytes: fc.uint8Array({ maxLength: 30 }),
});
const state: fc.Arbitrary<ScreenState> = record({
  display: fc.constantFrom('ok', 'missing', 'lost'),
  width: fc.integer({ min: 0, max: MAX_SIDE }),
  height: fc.integer({ min: 0, max: MAX_SIDE }),
  monitor: fc.string({ maxLength: 64 }),
  monitors: fc.array(
    record({
      id: fc.string({ maxLength: 64 }),
      name: fc.string({ maxLength: 64 }),
      x: place,
      y: place.map((y) => 0 - y),
      width: side,
      height: side,
    }),
    { maxLength: 16 },
  ),
});
const cursor = fc
  .tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 24 }), u16, u16)
  .chain(([width, height, hotX, hotY]) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((rgba) => ({ type: 'cursor' as const, width, height, hotX, hotY, rgba })),
  );
const message: fc.Arbitrary<ScreenMessage> = fc.oneof(
  state.map((state) => ({ type: 'state' as const, state })),
  record({
    type: fc.constant('update' as const),
    seq: u32,
    last: fc.boolean(),
    exact: fc.boolean(),
    delayAck: fc.boolean(),
    capturedAt: moment,
    captureMs: cost,
    encodeMs: cost,
    rects: fc.array(rect, { maxLength: 8 }),
  }),
  cursor,
  record({ type: fc.constant('pointer' as const), x: i16, y: i16 }),
  record({ type: fc.constant('pong' as const), sentAt: moment, deviceAt: moment }),
);
const reply: fc.Arbitrary<ScreenReply> = fc.oneof(
  record({ type: fc.constant('ack' as const), seq: u32, decodeMs: cost, paintMs: cost }),
  record({ type: fc.constant('ping' as const), sentAt: moment }),
  fc.constant({ type: 'refresh' as const }),
  record({
    type: fc.constant('wish' as const),
    wishes: record({
      codecs: fc.array(fc.string({ maxLength: 32 }), { maxLength: 8 }),
      picture: fc.constantFrom(...PICTURES),
      maxFps: fc.integer({ min: 1, max: 120 }),
      maxKBps: fc.integer({ min: 0, max: 1_000_000 }),
    }),
  }),
);

test('every message of the screen survives the wire', () => {
  fc.assert(
    fc.property(message, (message) => assert.deepEqual(decodeScreen(encodeScreen(message)), message)),
    { seed: 5, numRuns: 500 },
  );
});

test('every reply of a viewer survives the wire', () => {
  fc.assert(
    fc.property(reply, (reply) => assert.deepEqual(decodeScreenReply(encodeScreenReply(reply)), reply)),
    { seed: 6, numRuns: 300 },
  );
});

test('a message that was cut anywhere, or has a byte too many, is refused', () => {
  fc.assert(
    fc.property(
      message.filter(({ type }) => type !== 'state'),
      fc.nat(),
      (message, at) => {
        const bytes = encodeScreen(message);
        assert.throws(() => decodeScreen(bytes.subarray(0, at % bytes.byteLength)), WireError);
        assert.throws(() => decodeScreen(Uint8Array.of(...bytes, 0)), WireError);
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

test('costs beyond the scale saturate instead of wrapping round', () => {
  const coded = encodeScreenReply({ type: 'ack', seq: 1, decodeMs: 99_999, paintMs: -3 });
  assert.deepEqual(decodeScreenReply(coded), { type: 'ack', seq: 1, decodeMs: 6553.5, paintMs: 0 });
});

const tile: CodedRect = { x: 0, y: 0, width: 1, height: 1, coder: Coder.rgb, bytes: Uint8Array.of(1, 2, 3) };

function withTile(change: Partial<CodedRect>): Uint8Array {
  const rects = [{ ...tile, ...change }];
  return encodeScreen({
    type: 'update',
    seq: 1,
    last: true,
    exact: false,
    delayAck: false,
    capturedAt: 0,
    captureMs: 0,
    encodeMs: 0,
    rects,
  });
}

test('rectangles that are empty, too large, outside or of an unknown coder are refused', () => {
  decodeScreen(withTile({ width: 256, height: 256 }));
  decodeScreen(withTile({ x: MAX_SIDE - 1, y: MAX_SIDE - 1 }));
  for (const change of [{ width: 0 }, { height: 0 }, { width: 257, height: 256 }, { x: MAX_SIDE }, { y: MAX_SIDE }]) {
    assert.throws(() => decodeScreen(withTile(change)), WireError, JSON.stringify(change));
  }
  const unknown = withTile({});
  unknown[28] = 7;
  assert.throws(() => decodeScreen(unknown), /unknown coder/);
});

test('a count of rectangles that the bytes cannot hold allocates nothing', () => {
  const bytes = withTile({});
  bytes.set([0xff, 0xff], 18);
  assert.throws(() => decodeScreen(bytes), /more rectangles than bytes/);
});

test('a cursor larger than any real one is refused before its pixels are looked for', () => {
  const coded = encodeScreen({ type: 'cursor', width: 0, height: 0, hotX: 0, hotY: 0, rgba: new Uint8Array() });
  coded.set([0x40, 0x00, 0x40, 0x00], 1);
  assert.throws(() => decodeScreen(coded), /cursor too large/);
});

test('a place to copy from and a piece of video survive the wire', () => {
  const piece: fc.Arbitrary<VideoPiece> = record({
    stream: fc.integer({ min: 0, max: 255 }),
    key: fc.boolean(),
    more: fc.boolean(),
    codec: fc.string({ maxLength: 10, unit: 'grapheme-ascii' }),
    bytes: fc.uint8Array({ maxLength: 30 }),
  }).map((piece) => ({ ...piece, codec: piece.key ? piece.codec : '' }));
  fc.assert(
    fc.property(u16, u16, piece, (x, y, piece) => {
      assert.deepEqual(decodeCopy(encodeCopy(x, y)), { x, y });
      assert.deepEqual(decodeVideoPiece(encodeVideoPiece(piece)), piece);
    }),
    { seed: 8, numRuns: 300 },
  );
});

test('a copy of odd length, unknown video flags and a codec name that is cut are refused', () => {
  assert.throws(() => decodeCopy(Uint8Array.of(0, 1, 0)), WireError);
  assert.throws(() => decodeCopy(Uint8Array.of(0, 1, 0, 1, 0)), WireError);
  assert.throws(() => decodeVideoPiece(Uint8Array.of(0, 4)), /unknown video flags/);
  assert.throws(() => decodeVideoPiece(Uint8Array.of(0, 1, 200, 65)), WireError);
});

test('wishes outside their bounds are refused', () => {
  const wishes = { codecs: [], picture: 'auto' as const, maxFps: 0, maxKBps: 0 };
  assert.throws(() => decodeScreenReply(encodeScreenReply({ type: 'wish', wishes })), WireError);
});

test('a wish is known without being read, and by nothing else', () => {
  const wishes = { codecs: ['avc1.4D401F'], picture: 'auto', maxFps: 60, maxKBps: 0 } as const;
  const wish = encodeScreenReply({ type: 'wish', wishes: { ...wishes, codecs: [...wishes.codecs] } });
  assert.equal(isScreenWish(wish), true);
  const ack = { type: 'ack', seq: 4, decodeMs: 1, paintMs: 1 } as const;
  for (const reply of [ack, { type: 'ping', sentAt: 4 } as const, { type: 'refresh' } as const]) {
    assert.equal(isScreenWish(encodeScreenReply(reply)), false);
  }
  assert.equal(isScreenWish(new Uint8Array()), false);
  assert.equal(isScreenWish(Uint8Array.of(...wish, ...new Uint8Array(1024))), false, 'longer than any wish may be');
});
