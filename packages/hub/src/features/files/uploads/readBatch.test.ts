import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { BATCH_BYTES, BATCH_JSON, batchHead, type UploadBatch } from '@porthole/protocol';
import { BodyChunks } from '../bodyChunks.ts';
import { readBatch } from './readBatch.ts';

const batch: UploadBatch = { folder: '/srv', files: [{ name: 'ü', size: 3, conflict: 'fail' }] };
const whole = Buffer.concat([batchHead(batch), Buffer.from('abc')]);

/** The body in pieces of that many bytes. */
function bodyOf(bytes: Buffer, size = bytes.byteLength): BodyChunks {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.byteLength; at += size) pieces.push(bytes.subarray(at, at + size));
  return new BodyChunks(Readable.from(pieces, { objectMode: false }));
}

function headOf(json: string, length = Buffer.byteLength(json)): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return Buffer.concat([head, Buffer.from(json)]);
}

for (const size of [1, 3, 5, whole.byteLength]) {
  test(`what a batch holds is read from pieces of ${size} bytes, and its content comes next`, async () => {
    const chunks = bodyOf(whole, size);
    assert.deepEqual(await readBatch(chunks), batch);
    const content: Uint8Array[] = [];
    for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) content.push(chunk);
    assert.equal(Buffer.concat(content).toString(), 'abc');
  });
}

const json = (change: object) => headOf(JSON.stringify({ ...batch, ...change }));
const file = (change: object) => json({ files: [{ ...batch.files[0], ...change }] });

for (const [what, bytes, code] of [
  ['that broke off', whole.subarray(0, 20), 'request.invalid'],
  ['of nothing', Buffer.alloc(0), 'request.invalid'],
  ['without JSON', headOf(''), 'request.invalid'],
  ['of no JSON', headOf('{'), 'request.invalid'],
  ['that says too much', headOf('{}', BATCH_JSON + 1), 'request.too-large'],
  ['without files', json({ files: [] }), 'request.invalid'],
  ['of too many files', json({ files: Array.from({ length: 257 }, () => batch.files[0]) }), 'request.invalid'],
  [
    'of files that are too large',
    json({ files: [1, BATCH_BYTES].map((size) => ({ ...batch.files[0], size })) }),
    'request.invalid',
  ],
  ['of a time that no file has', file({ modified: 1e300 }), 'request.invalid'],
  ['with what nobody knows', json({ else: 1 }), 'request.invalid'],
  ['with a negative size', file({ size: -1 }), 'request.invalid'],
  ['with a rule that does not exist', file({ conflict: 'shout' }), 'request.invalid'],
] as const) {
  test(`a batch ${what} is refused`, async () => {
    await assert.rejects(readBatch(bodyOf(bytes)), { code });
  });
}
