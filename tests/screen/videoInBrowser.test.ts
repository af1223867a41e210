import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { openVideoEncoder } from '../../packages/agent/src/features/screen/host/coders/video/openVideoEncoder.ts';
import { openBrowser } from '../support/browser.ts';
import { grainyPicture } from '../support/grainyPicture.ts';

const PICTURES = 12;
/** How long a picture may take in the browser before it counts as held back, in ms; a decoder that waits for more waits for ever. */
const HELD_BACK_MS = 10_000;

interface Chunk {
  key: boolean;
  base64: string;
}

/** Address of an empty page on a secure context: this very machine. */
async function servePage(t: TestContext): Promise<string> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html>'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/`;
}

/** Decodes in the page, handing over each chunk only after the picture of the last; the middle of each picture as R, G, B. */
async function decodeInPage({ codec, chunks, limitMs }: { codec: string; chunks: Chunk[]; limitMs: number }) {
  let shown = Promise.withResolvers<VideoFrame>();
  const decoder = new VideoDecoder({ output: (frame) => shown.resolve(frame), error: (error) => shown.reject(error) });
  decoder.configure({ codec, optimizeForLatency: true });
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const seen: Array<{ width: number; height: number; middle: number[] }> = [];
  for (const [index, { key, base64 }] of chunks.entries()) {
    shown = Promise.withResolvers();
    const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: index * 1000, data }));
    const timer = setTimeout(() => shown.reject(new Error(`picture ${index} is held back`)), limitMs);
    const frame = await shown.promise;
    clearTimeout(timer);
    const { displayWidth: width, displayHeight: height } = frame;
    context.drawImage(frame, -width / 2, -height / 2);
    frame.close();
    seen.push({ width, height, middle: [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)] });
  }
  decoder.close();
  return seen;
}

for (const [profile, codecs, width, height] of [
  ['main', ['avc1.4D401F'], 1280, 720],
  ['baseline', ['avc1.42E01F'], 350, 202],
] as const) {
  test(`Chromium decodes ${profile} profile: each picture at once, in its colours, keys in between`, async (t) => {
    const encoder = await openVideoEncoder({
      width,
      height,
      codecs,
      bytesPerSecond: 1_000_000,
      fps: 30,
      hardware: false,
    });
    t.after(() => encoder.close());
    const chunks: Chunk[] = [];
    const middles: number[][] = [];
    for (let index = 0; index < PICTURES; index++) {
      const pixels = grainyPicture({ width, height, index });
      const frame = await encoder.encode(pixels, { key: index === 5 || index === 6 });
      chunks.push({ key: frame.key, base64: Buffer.from(frame.bytes).toString('base64') });
      const at = (height / 2) * pixels.stride + (width / 2) * 4;
      middles.push([...pixels.data.subarray(at, at + 3)].reverse());
    }
    await using browser = await openBrowser();
    const page = await browser.newPage();
    await page.goto(await servePage(t));
    assert.equal(await page.evaluate(() => isSecureContext), true);
    const seen = await page.evaluate(decodeInPage, { codec: encoder.codec, chunks, limitMs: HELD_BACK_MS });
    assert.equal(seen.length, PICTURES);
    for (const [index, picture] of seen.entries()) {
      assert.deepEqual([picture.width, picture.height], [width, height]);
      const error = Math.max(
        ...picture.middle.map((value, channel) => Math.abs(value - (middles[index]?.[channel] ?? 0))),
      );
      assert.ok(error <= 12, `picture ${index} shows ${picture.middle} for ${middles[index]}`);
    }
  });
}
