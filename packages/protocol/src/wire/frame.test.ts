import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LIMITS } from '../limits.ts';
import { WireError } from './bytes.ts';
import { decodeFrame, encodeCredit, encodeData, FLAG_SYNC, FRAME_HEADER, FrameType, readdress } from './frame.ts';

const channel = fc.integer({ min: 0, max: 0xffff_ffff });
const payload = fc.uint8Array({ maxLength: 200 });

test('a data frame survives the wire, and only its channel changes when it is readdressed', () => {
  fc.assert(
    fc.property(channel, channel, payload, fc.boolean(), (from, to, bytes, sync) => {
      const frame = encodeData(from, bytes, sync);
      assert.deepEqual(decodeFrame(frame), { type: 'data', channel: from, sync, payload: bytes });
      assert.deepEqual(decodeFrame(readdress(frame, to)), { type: 'data', channel: to, sync, payload: bytes });
      assert.deepEqual(decodeFrame(frame), { type: 'data', channel: from, sync, payload: bytes }, 'the original stays');
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('a credit frame survives the wire', () => {
  fc.assert(
    fc.property(channel, channel, (id, bytes) => {
      assert.deepEqual(decodeFrame(encodeCredit(id, bytes)), { type: 'credit', channel: id, bytes });
    }),
    { seed: 3, numRuns: 200 },
  );
});

test('a frame is read from the middle of a larger buffer as from its own', () => {
  const frame = encodeData(7, Uint8Array.of(1, 2, 3), true);
  const buffer = new Uint8Array(frame.byteLength + 5);
  buffer.set(frame, 5);
  const decoded = decodeFrame(buffer.subarray(5));
  assert.deepEqual(decoded, { type: 'data', channel: 7, sync: true, payload: Uint8Array.of(1, 2, 3) });
  assert.deepEqual(readdress(buffer.subarray(5), 9).byteLength, frame.byteLength);
});

/** A header with one thing wrong, and as many payload bytes as asked. */
function header(type: number, flags: number, reserved: number, size: number): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER + size);
  frame.set([type, flags, reserved >> 8, reserved & 255]);
  return frame;
}

test('frames that are short, of unknown type or flags, with reserved bits or of wrong size are refused', () => {
  const wrong = {
    empty: new Uint8Array(0),
    short: new Uint8Array(FRAME_HEADER - 1),
    'type 0': header(0, 0, 0, 0),
    'type 3': header(3, 0, 0, 4),
    'unknown flag': header(FrameType.data, 2, 0, 4),
    'sync credit': header(FrameType.credit, FLAG_SYNC, 0, 4),
    'reserved bits': header(FrameType.data, 0, 1, 4),
    'high reserved bits': header(FrameType.data, 0, 0x100, 4),
    'short credit': header(FrameType.credit, 0, 0, 3),
    'long credit': header(FrameType.credit, 0, 0, 5),
    'large data': header(FrameType.data, 0, 0, LIMITS.dataPayload + 1),
  };
  for (const [what, frame] of Object.entries(wrong)) assert.throws(() => decodeFrame(frame), WireError, what);
});

test('the largest payload is allowed', () => {
  const frame = decodeFrame(encodeData(1, new Uint8Array(LIMITS.dataPayload)));
  assert.equal(frame.type === 'data' && frame.payload.byteLength, LIMITS.dataPayload);
});
