import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeWebp } from '../../packages/agent/src/features/screen/host/coders/webpCoder.ts';
import { decodeWebp } from '../support/decodeWebp.ts';
import { Random } from './random.ts';

for (const [width, height] of [
  [1, 1],
  [3, 500],
  [257, 63],
  [1024, 64],
] as const) {
  test(`a part of ${width}x${height} survives WebP bit for bit, whatever the fourth byte holds`, async () => {
    const random = new Random(width + height);
    const [left, top, stride] = [2, 3, (width + 5) * 4];
    const data = new Uint8Array(stride * (height + top)).map(() => random.integer(0, 255));
    const offset = top * stride + left * 4;
    const rect = { x: left, y: top, width, height };
    const coded = await encodeWebp(rect, { data, stride, width: width + 5, height: height + top }, offset);
    const decoded = decodeWebp(coded.bytes);
    assert.deepEqual([decoded.width, decoded.height], [width, height]);
    const expected = Buffer.alloc(width * height * 4, 255);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const from = offset + Math.floor(pixel / width) * stride + (pixel % width) * 4;
      for (let part = 0; part < 3; part++) expected[pixel * 4 + part] = data[from + 2 - part] ?? 0;
    }
    assert.ok(expected.equals(decoded.rgba));
  });
}
