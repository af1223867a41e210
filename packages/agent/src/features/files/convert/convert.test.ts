import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ConvertedHead, type FileAsk, type Media, PLAY_LEAD } from '@porthole/protocol';
import { FilesClient, temporaryFolder } from '../../../testing/filesClient.ts';
import { type FilmOptions, makeFilm } from '../../../testing/makeFilm.ts';
import { makePicture } from '../../../testing/makePicture.ts';
import { readPackets } from '../../../testing/readPackets.ts';
import { readImageHeader } from '../thumbnails/host/imageHeader.ts';

const code = (expected: string) => ({ code: expected });
const WHOLE = { from: 0, video: 'keep', audio: 'keep' } as const;

function setUp(t: TestContext) {
  const folder = temporaryFolder(t);
  const client = new FilesClient(t);
  const film = async (name: string, options: FilmOptions) => {
    await makeFilm(join(folder, name), options);
    return join(folder, name);
  };
  /** What comes when `path` is played, read back as a file. */
  const play = async (ask: FileAsk<'play'>) => {
    const call = client.call('play', ask);
    await call.done;
    const played = join(folder, 'played.mp4');
    writeFileSync(played, call.content);
    const [head] = call.items as ConvertedHead[];
    return { type: head?.type, streams: await readPackets(played), bytes: call.content };
  };
  return { folder, client, film, play };
}

function near(value: number | undefined, expected: number, within: number): void {
  assert.ok(value !== undefined && Math.abs(value - expected) <= within, `${value} is not near ${expected}`);
}

test('what is in a film or a sound is told: length, size, codecs, tags', async (t) => {
  const { client, film } = setUp(t);
  const tags = { title: 'A film', artist: 'Somebody', album: 'All of it' };
  const path = await film('a.mkv', { seconds: 3, video: 'libx264', audio: 'libmp3lame', tags });
  const found = await client.ask<Media>('media', { path });
  near(found.duration, 3, 0.1);
  assert.deepEqual(
    { ...found, duration: 0, video: { ...found.video, codecs: found.video?.codecs?.slice(0, 5) } },
    {
      container: 'matroska,webm',
      duration: 0,
      video: { codec: 'h264', codecs: 'avc1.', width: 320, height: 240, rotation: 0 },
      audio: { codec: 'mp3', codecs: 'mp4a.6B', channels: 2, sampleRate: 48_000 },
      hasCover: false,
      title: 'A film',
      artist: 'Somebody',
      album: 'All of it',
    },
  );
  const sound = await client.ask<Media>('media', { path: await film('b.flac', { seconds: 2, audio: 'flac', tags }) });
  assert.deepEqual([sound.video, sound.audio?.codec, sound.album], [undefined, 'flac', 'All of it']);
});

test('what the browser can decode is only wrapped anew, from the key picture before the time asked for', async (t) => {
  const { film, play } = setUp(t);
  const path = await film('a.mkv', { seconds: 20, video: 'libx264', audio: 'aac', group: 50 });
  const whole = await play({ path, ...WHOLE });
  assert.match(whole.type ?? '', /^video\/mp4; codecs="avc1\.\w{6},mp4a\.40\.2"$/);
  const [video, audio] = whole.streams;
  assert.deepEqual([video?.codec, video?.count, audio?.codec], ['h264', 500, 'aac']);
  near(video?.first, PLAY_LEAD, 0.1);
  near(video?.last, PLAY_LEAD + 20, 0.1);
  const part = await play({ path, ...WHOLE, from: 11.5 });
  for (const { first, last, inOrder } of part.streams) {
    assert.ok(first <= PLAY_LEAD + 11.5 && first >= PLAY_LEAD + 9.5, `it begins at ${first}`);
    near(last, PLAY_LEAD + 20, 0.1);
    assert.ok(inOrder);
  }
  assert.equal(part.streams[0]?.beginsWithKey, true);
  assert.ok(part.bytes.byteLength < whole.bytes.byteLength * 0.6);
});

test('what it cannot decode is converted from exactly the time asked for, each stream by itself', async (t) => {
  const { film, play } = setUp(t);
  const path = await film('a.avi', { seconds: 12, video: 'mpeg4', audio: 'libmp3lame' });
  const both = await play({ path, from: 4.2, video: 'h264', audio: 'opus' });
  assert.match(both.type ?? '', /^video\/mp4; codecs="avc1\.\w{6},opus"$/);
  const [video, audio] = both.streams;
  assert.deepEqual([video?.codec, audio?.codec, video?.beginsWithKey], ['h264', 'opus', true]);
  near(video?.first, PLAY_LEAD + 4.2, 0.05);
  near(audio?.first, PLAY_LEAD + 4.2, 0.05);
  near(video?.last, PLAY_LEAD + 12, 0.1);
  near(audio?.last, PLAY_LEAD + 12, 0.1);
  assert.equal(video?.count, (12 - 4.2) * 25);
  const one = await play({ path, from: 0, video: 'none', audio: 'aac' });
  assert.equal(one.type, 'audio/mp4; codecs="mp4a.40.2"');
  assert.deepEqual(
    one.streams.map(({ codec }) => codec),
    ['aac'],
  );
});

test('broadcasts, which have no index, and sounds of all kinds play from the middle too', async (t) => {
  const { film, play } = setUp(t);
  const broadcast = await film('a.ts', { seconds: 12, video: 'mpeg2video', audio: 'ac3' });
  const [video, audio] = (await play({ path: broadcast, from: 6, video: 'h264', audio: 'aac' })).streams;
  near(video?.first, PLAY_LEAD + 6, 0.1);
  near(audio?.first, PLAY_LEAD + 6, 0.1);
  const camera = await film('b.ts', { seconds: 12, video: 'libx264', audio: 'aac' });
  const kept = await play({ path: camera, ...WHOLE, from: 6 });
  assert.equal(kept.streams[0]?.beginsWithKey, true);
  assert.ok(kept.streams.every(({ first }) => first <= PLAY_LEAD + 6.1 && first > PLAY_LEAD + 1));
  for (const [name, encoder] of Object.entries({ 'c.flac': 'flac', 'c.ogg': 'libvorbis', 'c.wav': 'pcm_s16le' })) {
    const path = await film(name, { seconds: 8, audio: encoder });
    const [sound] = (await play({ path, from: 3, video: 'none', audio: 'aac' })).streams;
    near(sound?.first, PLAY_LEAD + 3, 0.11);
    near(sound?.last, PLAY_LEAD + 8, 0.1);
  }
});

test('what is neither film nor sound is refused, and so is what leads elsewhere', async (t) => {
  const { folder, client, film } = setUp(t);
  await film('good.mkv', { seconds: 1, video: 'mpeg4' });
  const files = {
    text: Buffer.from('hello'),
    empty: Buffer.of(),
    'list.m3u8': Buffer.from(`#EXTM3U\n#EXTINF:1,\nfile://${folder}/good.mkv\n`),
    'list.ffconcat': Buffer.from('ffconcat version 1.0\nfile good.mkv\n'),
    'cut.mkv': readFileSync(join(folder, 'good.mkv')).subarray(0, 200),
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    const path = join(folder, name);
    await assert.rejects(client.ask('media', { path }), code('convert.unsupported'), name);
    await assert.rejects(client.ask('play', { path, ...WHOLE }), code('convert.unsupported'), name);
    await assert.rejects(client.ask('picture', { path, size: 64 }), code('convert.unsupported'), name);
  }
  await assert.rejects(client.ask('media', { path: folder }), code('file.not-regular'));
  await assert.rejects(client.ask('play', { path: '/dev/zero', ...WHOLE }), code('file.denied'));
  symlinkSync('good.mkv', join(folder, 'link'));
  assert.ok((await client.ask<Media>('media', { path: join(folder, 'link') })).video);
});

/** Processes of this one that run the converter now. */
function converters(): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      const parent = /\(.*\) \w (\d+)/s.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1];
      return parent === String(process.pid) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('convert/host');
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let look = 0; look < 200; look++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`it never came: ${what}`);
}

test('a converter waits for who reads, goes when the channel closes, and one that is killed is an error of its own', async (t) => {
  const { client, film } = setUp(t);
  const path = await film('long.avi', { seconds: 120, video: 'mpeg4', audio: 'libmp3lame', width: 640, height: 480 });
  const ask = { path, from: 0, video: 'h264', audio: 'aac' } as const;
  const paused = client.call('play', ask, { credit: false });
  await until('the first bytes', () => paused.received > 200_000);
  const [id] = converters();
  assert.ok(id !== undefined);
  const killed = client.call('play', ask, { credit: false });
  await until('a second converter', () => converters().length === 2 && killed.received > 0);
  process.kill(Number(converters().find((each) => each !== id)), 'SIGKILL');
  killed.grant(10_000_000);
  await assert.rejects(killed.done, code('convert.failed'));
  assert.deepEqual(converters(), [id], 'the other one does not notice');
  paused.close();
  await until('nothing is left', () => converters().length === 0);
});

test('more films at once than a device can bear are refused, and pictures wait', async (t) => {
  const { client, film } = setUp(t);
  const path = await film('long.avi', { seconds: 60, video: 'mpeg4' });
  const ask = { path, from: 0, video: 'h264', audio: 'none' } as const;
  const calls = Array.from({ length: 4 }, () => client.call('play', ask, { credit: false }));
  await until('four', () => converters().length === 4);
  await assert.rejects(client.ask('play', ask), code('convert.busy'));
  const looks = await Promise.all(Array.from({ length: 5 }, () => client.ask<Media>('media', { path })));
  assert.ok(looks.every(({ video }) => video?.codec === 'mpeg4'));
  for (const call of calls) call.close();
  await until('nothing is left', () => converters().length === 0);
  assert.ok((await client.bytes('play', { ...ask, from: 58 })).byteLength > 0);
});

test('pictures that browsers lack become JPEG, or WebP where they can be seen through', async (t) => {
  const { folder, client } = setUp(t);
  const shown = async (name: string, encoder: string, alpha?: number) => {
    const path = join(folder, name);
    await makePicture(path, { encoder, width: 600, height: 300, ...(alpha !== undefined && { alpha }) });
    const call = client.call('picture', { path, size: 400 });
    await call.done;
    const [head] = call.items as ConvertedHead[];
    const header = readImageHeader(call.content);
    return [head?.type, header?.width, header?.height];
  };
  assert.deepEqual(await shown('a.tiff', 'tiff'), ['image/jpeg', 400, 200]);
  assert.deepEqual(await shown('b.tiff', 'tiff', 100), ['image/webp', 400, 200]);
  assert.deepEqual(await shown('c.tiff', 'tiff', 255), ['image/jpeg', 400, 200]);
  assert.deepEqual(await shown('d.jxl', 'libjxl'), ['image/jpeg', 400, 200]);
  assert.deepEqual(await shown('e.qoi', 'qoi', 100), ['image/webp', 400, 200]);
  assert.deepEqual(await shown('f.jp2', 'jpeg2000'), ['image/jpeg', 400, 200]);
  await makeFilm(join(folder, 'g.avif'), { seconds: 0.04, video: 'libsvtav1', width: 600, height: 300 });
  const avif = await client.bytes('picture', { path: join(folder, 'g.avif'), size: 400 });
  assert.equal(readImageHeader(avif)?.width, 400);
  const whole = await client.bytes('picture', { path: join(folder, 'a.tiff'), size: 8_192 });
  assert.equal(readImageHeader(whole)?.width, 600, 'never larger than it is');
  assert.ok((await client.bytes('thumbnail', { path: join(folder, 'a.tiff'), size: 64 })).byteLength > 0);
});
