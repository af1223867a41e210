import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import jpegTurbo from '@julusian/jpeg-turbo';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { makeVideo } from '../../../testing/makeVideo.ts';
import { readImageHeader } from './host/imageHeader.ts';
import { orientationOfMatrix, turnUpright } from './host/turnUpright.ts';
import { PictureCache } from './pictureCache.ts';
import { PictureProcess } from './pictureProcess.ts';

const code = (expected: string) => ({ code: expected });

/** A JPEG whose left half is red and right half blue. */
function redBlue(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4);
  for (let at = 0; at < width * height; at++)
    data.writeUInt32BE(at % width < width / 2 ? 0xff0000ff : 0x0000ffff, at * 4);
  return jpegTurbo.compressSync(data, {
    format: jpegTurbo.FORMAT_RGBX,
    width,
    height,
    subsampling: jpegTurbo.SAMP_444,
    quality: 95,
  });
}

/** The same picture with an EXIF note of how the camera was held. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  exif.writeUInt16BE(orientation, 6 + 8 + 2 + 8);
  const head = Buffer.from([0xff, 0xe1, 0, exif.byteLength + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

function pixelsOf(jpeg: Buffer) {
  const { data, width, height } = jpegTurbo.decompressSync(jpeg, { format: jpegTurbo.FORMAT_RGBX });
  const at = (x: number, y: number) =>
    [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)].map((v) => v > 127);
  return { width, height, at };
}

const RED = [true, false, false];
const BLUE = [false, false, true];

function setUp(t: TestContext) {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const take = async (name: string, size = 64) =>
    pixelsOf(await client.bytes('thumbnail', { path: join(folder, name), size }));
  return { folder, client, take };
}

test('an image becomes a small JPEG, upright as its camera noted, and is kept', async (t) => {
  const { folder, client, take } = setUp(t);
  writeFileSync(join(folder, 'flat.jpg'), redBlue(400, 200));
  writeFileSync(join(folder, 'turned'), withOrientation(redBlue(400, 200), 6));
  const flat = await take('flat.jpg');
  assert.deepEqual([flat.width, flat.height, flat.at(5, 16), flat.at(60, 16)], [64, 32, RED, BLUE]);
  const turned = await take('turned');
  assert.deepEqual([turned.width, turned.height, turned.at(16, 5), turned.at(16, 60)], [32, 64, RED, BLUE]);
  const kept = readdirSync(join(client.data, 'thumbnails'));
  assert.equal(kept.length, 2);
  await take('flat.jpg');
  assert.deepEqual(readdirSync(join(client.data, 'thumbnails')), kept);
  assert.equal((await take('flat.jpg', 1024)).width, 400, 'never larger than it is');
});

test('a video shows a picture out of it, whatever it is wrapped in', async (t) => {
  const { folder, take } = setUp(t);
  for (const name of ['film.mp4', 'film.mkv', 'film.avi']) {
    await makeVideo(join(folder, name), { width: 320, height: 240 });
    const picture = await take(name);
    assert.deepEqual([picture.width, picture.height], [64, 48], name);
  }
});

test('what is no image, is empty, or only claims to be an image has no picture, and does no harm', async (t) => {
  const { folder, client, take } = setUp(t);
  const files = {
    text: Buffer.from('hello'),
    empty: Buffer.of(),
    'cut.jpg': redBlue(400, 200).subarray(0, 300),
    'noise.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000, 7)]),
    'list.m3u8': Buffer.from(`#EXTM3U\n#EXTINF:1,\nfile://${folder}/good.jpg\n`),
    'list.ffconcat': Buffer.from('ffconcat version 1.0\nfile good.jpg\n'),
    'script.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  for (const name of Object.keys(files)) await assert.rejects(take(name), code('file.unsupported'), name);
  await assert.rejects(take('.'), code('file.not-regular'));
  writeFileSync(join(folder, 'good.jpg'), redBlue(40, 40));
  assert.equal((await take('good.jpg')).width, 40);
  assert.ok(existsSync(join(client.data, 'thumbnails')));
});

test('an image of more pixels than anybody has memory for is refused by what its header says', async (t) => {
  const { folder, take } = setUp(t);
  const header = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0\0\0\0\0', 'latin1');
  const data = deflateSync(Buffer.alloc(1_000_000));
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('IDAT'), data, Buffer.alloc(4)]);
  chunk.writeUInt32BE(data.byteLength, 0);
  writeFileSync(join(folder, 'bomb.png'), Buffer.concat([header, chunk]));
  await assert.rejects(take('bomb.png'), code('file.unsupported'));
});

test('a picture process that dies loses one picture, and makes the others', async (t) => {
  const folder = temporaryFolder(t);
  const program = join(folder, 'child.mjs');
  const pipeFile = new URL('../../../base/framedPipe.ts', import.meta.url).href;
  writeFileSync(
    program,
    `
    import { Socket } from 'node:net';
    import { FramedPipe } from '${pipeFile}';
    const stream = new Socket({ fd: 3 });
    stream.on('close', () => process.exit(0));
    const pipe = new FramedPipe(stream, { data() {}, control({ job, path }) {
      if (path === 'crash') process.exit(9);
      pipe.data(job, true, Buffer.from(path));
    } });`,
  );
  const process = new PictureProcess(program);
  t.after(() => process.close());
  const { signal } = new AbortController();
  const results = await Promise.allSettled(['one', 'crash', 'two'].map((path) => process.take(path, 64, signal)));
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value.toString() : result.reason.code)),
    ['one', 'file.unsupported', 'two'],
  );
});

test('kept pictures stay within their bound, the longest unused going first, also after a restart', async (t) => {
  const folder = join(temporaryFolder(t), 'pictures');
  const cache = new PictureCache(folder, 250);
  for (const key of ['a', 'b']) await cache.put(key, Buffer.alloc(100));
  assert.ok(await cache.get('a'));
  await cache.put('c', Buffer.alloc(100));
  assert.deepEqual(
    [(await cache.get('a'))?.byteLength, await cache.get('b'), readdirSync(folder).length],
    [100, undefined, 2],
  );
  cache.putNone('d');
  assert.equal(await cache.get('d'), null);
  const again = new PictureCache(folder, 250);
  assert.equal((await again.get('c'))?.byteLength, 100);
});

test('headers tell size and orientation; cut ones tell nothing', () => {
  const jpeg = withOrientation(redBlue(400, 200), 8);
  assert.deepEqual(readImageHeader(jpeg), { width: 400, height: 200, orientation: 8 });
  for (let length = 0; length < 40; length++) assert.equal(readImageHeader(jpeg.subarray(0, length)), undefined);
  assert.deepEqual(readImageHeader(Buffer.from('GIF89a\x10\0\x20\0', 'latin1')), {
    width: 16,
    height: 32,
    orientation: 1,
  });
});

test('pictures are turned as each of the eight orientations asks', () => {
  // 2 wide, 3 high: a b / c d / e f
  const data = Buffer.from([...'abcdef'].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]));
  const shown = (orientation: number) => {
    const turned = turnUpright({ data, width: 2, height: 3 }, orientation);
    const letters = turned.data.toString('latin1').replaceAll('\0', '');
    return `${turned.width} ${letters}`;
  };
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8].map(shown), [
    '2 abcdef',
    '2 badcfe',
    '2 fedcba',
    '2 efcdab',
    '3 acebdf',
    '3 ecafdb',
    '3 fdbeca',
    '3 bdface',
  ]);
  const matrix = Buffer.alloc(36);
  matrix.writeInt32LE(65536, 4);
  matrix.writeInt32LE(-65536, 12);
  assert.deepEqual([orientationOfMatrix(matrix), orientationOfMatrix(null)], [6, 1]);
});
