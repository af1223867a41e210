import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeVideoPiece, type Rect } from '@porthole/protocol';
import type { OpenVideoEncoder, VideoEncoder } from './video/videoEncoder.ts';
import { VideoCoder } from './videoCoder.ts';

const REGION: Rect = { x: 10, y: 20, width: 64, height: 48 };
const PIXELS = { data: new Uint8Array(64 * 48 * 4), stride: 256, width: 64, height: 48 };
const wish = (region: Rect) => ({ region, codecs: ['avc1.4D401F'], bytesPerSecond: 1e5, fps: 30 });

/** Encoders that note what they are asked, without coding anything. */
class Studio {
  readonly opened: VideoEncoder[] = [];
  readonly keys: boolean[] = [];
  closed = 0;
  frameBytes = 100;
  fails = false;
  /** What the video said of itself. */
  readonly events: (boolean | string)[] = [];

  inUse = (isInUse: boolean): void => void this.events.push(isInUse);
  trouble = (reason: string): void => void this.events.push(reason);

  open: OpenVideoEncoder = async () => {
    const encoder: VideoEncoder = {
      codec: 'avc1.4D401F',
      encoder: 'none',
      encode: async (_pixels, { key }) => {
        if (this.fails) throw new Error('broken');
        this.keys.push(key);
        return { key, bytes: new Uint8Array(this.frameBytes) };
      },
      setRate: () => undefined,
      close: () => {
        this.closed++;
      },
    };
    this.opened.push(encoder);
    return encoder;
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function started(studio: Studio): Promise<VideoCoder> {
  const coder = new VideoCoder(studio.open, studio);
  coder.want(wish(REGION), 0);
  assert.equal(coder.region, undefined, 'opening takes a while');
  await settle();
  assert.deepEqual(coder.region, REGION);
  return coder;
}

test('a video starts with a key; whoever joins gets another one, but not sooner than 800 ms after the last', async () => {
  const studio = new Studio();
  const coder = await started(studio);
  for (const now of [0, 33, 66]) await coder.encode(PIXELS, now);
  coder.needKey();
  assert.ok(coder.keyIn(100) > 0);
  await coder.encode(PIXELS, 100);
  await coder.encode(PIXELS, 900);
  await coder.encode(PIXELS, 933);
  assert.deepEqual(studio.keys, [true, false, false, false, true, false]);
});

test('a large picture is cut into pieces that make it up again', async () => {
  const studio = new Studio();
  studio.frameBytes = 120_000;
  const coder = await started(studio);
  const pieces = (await coder.encode(PIXELS, 0))?.map(({ bytes }) => decodeVideoPiece(bytes)) ?? [];
  assert.deepEqual(
    pieces.map(({ more }) => more),
    [true, true, false],
  );
  assert.ok(pieces.every(({ key, codec, stream }) => key && codec === 'avc1.4D401F' && stream === pieces[0]?.stream));
  assert.equal(
    pieces.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
    120_000,
  );
});

test('another region gets another stream and encoder, and the old one goes on until that is ready', async () => {
  const studio = new Studio();
  const coder = await started(studio);
  const [first] = (await coder.encode(PIXELS, 0)) ?? [];
  const other = { ...REGION, x: 500 };
  coder.want(wish(other), 50);
  assert.deepEqual(coder.region, REGION);
  await settle();
  assert.deepEqual(coder.region, other);
  assert.equal(studio.closed, 1);
  const [next] = (await coder.encode(PIXELS, 60)) ?? [];
  const streams = [first, next].map((rect) => rect && decodeVideoPiece(rect.bytes).stream);
  assert.notEqual(streams[0], streams[1]);
  assert.equal(studio.keys.at(-1), true);
});

test('other codecs get another encoder, the same ones in another order do not', async () => {
  const studio = new Studio();
  const coder = new VideoCoder(studio.open, studio);
  for (const codecs of [['a', 'b'], ['b', 'a'], ['b']]) {
    coder.want({ ...wish(REGION), codecs }, 0);
    await settle();
  }
  assert.equal(studio.opened.length, 2);
  assert.equal(studio.closed, 1);
});

test('an encoder that breaks is let go of and told of, and not tried again at once', async () => {
  const studio = new Studio();
  const coder = await started(studio);
  studio.fails = true;
  assert.equal(await coder.encode(PIXELS, 100), undefined);
  assert.equal(coder.region, undefined);
  assert.equal(studio.closed, 1);
  assert.deepEqual(studio.events, [true, false, 'Video broke: broken']);
  coder.want(wish(REGION), 200);
  await settle();
  assert.equal(studio.opened.length, 1);
  assert.equal(coder.isUsable(200), false);
  coder.want(wish(REGION), 6_000);
  await settle();
  assert.equal(studio.opened.length, 2);
});

test('a video that nobody wants any more ends, and so does one that was still opening at the end', async () => {
  const studio = new Studio();
  const coder = await started(studio);
  coder.tidy(1_000);
  assert.ok(coder.region);
  coder.tidy(4_000);
  assert.equal(coder.region, undefined);
  coder.want(wish(REGION), 5_000);
  coder.close();
  await settle();
  assert.equal(studio.closed, 2);
  assert.equal(coder.region, undefined);
});

test('an encoder that cannot be opened is told of, and video is in use from before that until the end', async () => {
  const studio = new Studio();
  const refused = new VideoCoder(() => Promise.reject(new Error('no driver')), studio);
  refused.want(wish(REGION), 0);
  assert.deepEqual(studio.events.splice(0), [true]);
  await settle();
  assert.deepEqual(studio.events.splice(0), ['Video broke: no driver', false]);
  const coder = await started(studio);
  coder.want(wish({ ...REGION, x: 500 }), 50);
  await settle();
  assert.deepEqual(studio.events, [true], 'one region after another');
  coder.close();
  coder.close();
  assert.deepEqual(studio.events, [true, false]);
});
