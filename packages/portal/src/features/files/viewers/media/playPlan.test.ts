import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Media } from '@porthole/protocol';
import { planPlay, type Support } from './playPlan.ts';

const H264 = { codec: 'h264', codecs: 'avc1.64001f', width: 1, height: 1, rotation: 0 };
const AAC = { codec: 'aac', codecs: 'mp4a.40.2', channels: 2, sampleRate: 48_000 };
const MP4 = 'mov,mp4,m4a,3gp,3g2,mj2';
const MATROSKA = 'matroska,webm';

/** A browser that plays whatever names no codec but these. */
function browser(...codecs: string[]): Support {
  const knows = (type: string) => {
    const named = /codecs="(.*)"/.exec(type)?.[1]?.split(',') ?? [];
    return named.every((name) => codecs.includes(name));
  };
  return { file: knows, stream: knows };
}

const usual = browser('avc1.64001f', 'mp4a.40.2', 'opus', 'vp9', 'vorbis', 'flac');
const media = (container: string, streams: Partial<Media>): Media => ({ container, hasCover: false, ...streams });

test('what the browser plays by itself is left to it', () => {
  for (const known of [
    media(MP4, { video: H264, audio: AAC }),
    media(MP4, { audio: AAC }),
    media(MATROSKA, { video: { ...H264, codecs: 'vp9' }, audio: { ...AAC, codecs: 'opus' } }),
    media('ogg', { audio: { ...AAC, codecs: 'vorbis' } }),
    media('mp3', { audio: { codec: 'mp3', channels: 2, sampleRate: 1 } }),
    media('wav', { audio: { codec: 'pcm_s16le', channels: 2, sampleRate: 1 } }),
  ]) {
    assert.deepEqual(planPlay(known, usual), { kind: 'file' }, known.container);
  }
});

test('only what the browser cannot decode is converted', () => {
  const plan = (known: Media) => planPlay(known, usual);
  assert.deepEqual(plan(media(MATROSKA, { video: H264, audio: AAC })), {
    kind: 'converted',
    video: 'keep',
    audio: 'keep',
  });
  const dolby = { ...AAC, codecs: 'ac-3' };
  assert.deepEqual(plan(media(MP4, { video: H264, audio: dolby })), { kind: 'converted', video: 'keep', audio: 'aac' });
  const old = { codec: 'mpeg4', codecs: 'mp4v.20', width: 1, height: 1, rotation: 0 };
  assert.deepEqual(plan(media('avi', { video: old })), { kind: 'converted', video: 'h264', audio: 'none' });
  const nameless = { codec: 'wmav2', channels: 2, sampleRate: 1 };
  assert.deepEqual(plan(media('asf', { audio: nameless })), { kind: 'converted', video: 'none', audio: 'aac' });
});

test('a browser that promised too much gets everything converted', () => {
  const plan = planPlay(media(MP4, { video: H264, audio: AAC }), usual, { avoidKeeping: true });
  assert.deepEqual(plan, { kind: 'converted', video: 'h264', audio: 'aac' });
});

test('a browser that decodes neither is told so, and one without AAC gets Opus', () => {
  const film = media('avi', { video: { ...H264, codecs: 'mp4v.20' }, audio: { ...AAC, codecs: 'ac-3' } });
  assert.deepEqual(planPlay(film, browser('opus')), { kind: 'none' });
  const plan = planPlay(film, browser('opus', 'avc1.64001f'));
  assert.deepEqual(plan, { kind: 'converted', video: 'h264', audio: 'opus' });
  assert.deepEqual(planPlay(film, browser('avc1.64001f')), { kind: 'converted', video: 'h264', audio: 'none' });
});
