import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PortholeError } from '@porthole/protocol';
import type { SendEvents } from './sendFile.ts';
import type { Upload, UploadRecord } from './upload.ts';
import { Uploads } from './uploads.ts';

interface Sent {
  upload: Upload;
  events: SendEvents;
  sha256: string | undefined;
  finished: PromiseWithResolvers<'done' | 'skipped'>;
  stopped: boolean;
}

/** A hub that does what the test says, on a clock that stands. */
function setUp(t: TestContext, kept: UploadRecord[] = []) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const sent: Sent[] = [];
  const discarded: string[] = [];
  let stored: Upload[] = [];
  const uploads = new Uploads({
    send: (upload, _file, { events, sha256 }) => {
      const one: Sent = { upload, events, sha256, finished: Promise.withResolvers(), stopped: false };
      sent.push(one);
      return {
        finished: one.finished.promise,
        stop: () => {
          one.stopped = true;
        },
      };
    },
    mayPass: (error) => error.code === 'device.offline',
    hash: async () => 'f'.repeat(64),
    discard: async (url) => void discarded.push(url),
    kept,
    keep: (all) => {
      stored = [...all];
    },
  });
  t.after(() => uploads.close());
  const settle = async (ms = 0) => {
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    t.mock.timers.tick(ms);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  };
  const phases = async () => {
    await settle(200);
    return uploads.view.get().uploads.map(({ phase }) => phase);
  };
  return { uploads, sent, discarded, stored: () => stored, settle, phases };
}

function picked(name: string, text = 'content') {
  return { path: name, file: new File([text], name, { lastModified: 5 }) };
}

/** Too large to share a request. */
const LARGE = 'x'.repeat(100_000);

const target = { deviceId: 'd', folder: '/srv' };

test('a few go at once, and the next when one is done', async (t) => {
  const { uploads, sent, settle, phases } = setUp(t);
  uploads.add({ ...target, files: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => picked(name, LARGE)) });
  await settle();
  assert.equal(sent.length, 4);
  sent[0]?.finished.resolve('done');
  await settle();
  assert.deepEqual(
    sent.map(({ upload }) => upload.path),
    ['a', 'b', 'c', 'd', 'e'],
  );
  assert.deepEqual((await phases()).slice(0, 2), ['done', 'running']);
});

test('small ones all go at once, beside large ones', async (t) => {
  const { uploads, sent, settle } = setUp(t);
  const large = ['a', 'b', 'c', 'd'].map((name) => picked(name, LARGE));
  uploads.add({ ...target, files: [...large, ...Array.from({ length: 600 }, (_, at) => picked(`small ${at}`))] });
  await settle();
  assert.equal(sent.length, 4 + 512);
});

test('a way that breaks is tried again after a while, and goes on where it was', async (t) => {
  const { uploads, sent, settle, phases } = setUp(t);
  uploads.add({ ...target, files: [picked('a')] });
  await settle();
  sent[0]?.events.url('/api/devices/d/files/uploads/x');
  sent[0]?.finished.reject(new PortholeError('device.offline'));
  await settle();
  assert.equal(sent.length, 1);
  await settle(1_000);
  assert.equal(sent.length, 2);
  assert.equal(sent[1]?.upload.url, '/api/devices/d/files/uploads/x');
  assert.deepEqual(await phases(), ['running']);
});

test('a refusal stays until somebody tries again', async (t) => {
  const { uploads, sent, settle, phases } = setUp(t);
  uploads.add({ ...target, files: [picked('a')] });
  await settle();
  sent[0]?.finished.reject(new PortholeError('file.no-space'));
  await settle(60_000);
  assert.deepEqual([await phases(), sent.length], [['failed'], 1]);
  uploads.resume(uploads.view.get().uploads[0]?.id ?? '');
  await settle();
  assert.equal(sent.length, 2);
});

test('where names are taken one answer can be for all that came together, and no others', async (t) => {
  const { uploads, sent, settle, phases } = setUp(t);
  uploads.add({ ...target, files: [picked('a'), picked('b')] });
  uploads.add({ ...target, files: [picked('c')] });
  await settle();
  for (const { finished } of sent) finished.reject(new PortholeError('file.exists'));
  assert.deepEqual(await phases(), ['conflict', 'conflict', 'conflict']);
  uploads.answer(uploads.view.get().uploads[0]?.id ?? '', 'replace', true);
  await settle();
  assert.deepEqual(
    sent.slice(3).map(({ upload }) => [upload.path, upload.conflict]),
    [
      ['a', 'replace'],
      ['b', 'replace'],
    ],
  );
  assert.deepEqual(await phases(), ['running', 'running', 'conflict']);
});

test('an answer for all holds for those whose turn comes later', async (t) => {
  const { uploads, sent, settle, phases } = setUp(t);
  uploads.add({ ...target, files: ['a', 'b', 'c', 'd', 'e'].map((name) => picked(name, LARGE)) });
  await settle();
  sent[0]?.finished.reject(new PortholeError('file.exists'));
  await settle(200);
  uploads.answer(uploads.view.get().uploads[0]?.id ?? '', 'skip', true);
  await settle();
  assert.equal(sent[4]?.upload.path, 'e');
  sent[4]?.finished.reject(new PortholeError('file.exists'));
  assert.deepEqual((await phases())[4], 'skipped');
});

test('skipping what is identical tells the device the hash', async (t) => {
  const { uploads, sent, settle } = setUp(t);
  uploads.add({ ...target, files: [picked('a')] });
  await settle();
  sent[0]?.finished.reject(new PortholeError('file.exists'));
  await settle(200);
  uploads.answer(uploads.view.get().uploads[0]?.id ?? '', 'same', false);
  await settle();
  assert.deepEqual([sent[0]?.sha256, sent[1]?.sha256], [undefined, 'f'.repeat(64)]);
});

test('pausing stops it and keeps what arrived; what it says afterwards is not heard', async (t) => {
  const { uploads, sent, settle, phases } = setUp(t);
  uploads.add({ ...target, files: [picked('a')] });
  await settle(200);
  uploads.pause(uploads.view.get().uploads[0]?.id ?? '');
  assert.equal(sent[0]?.stopped, true);
  sent[0]?.finished.reject(new PortholeError('file.no-space'));
  assert.deepEqual(await phases(), ['paused']);
});

test('cancelling removes what was begun, and what is done stays', async (t) => {
  const { uploads, sent, discarded, settle, phases } = setUp(t);
  uploads.add({ ...target, files: [picked('a'), picked('b')] });
  await settle(200);
  sent[0]?.events.url('/up/1');
  sent[1]?.events.url('/up/2');
  sent[1]?.finished.resolve('done');
  await settle(200);
  for (const { id } of uploads.view.get().uploads) uploads.cancel(id);
  assert.deepEqual([discarded, await phases()], [['/up/1'], []]);
});

test('all are paused, gone on with and cancelled together, and what is done or asks somebody stays', async (t) => {
  const { uploads, sent, discarded, settle, phases } = setUp(t);
  uploads.add({ ...target, files: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => picked(name, LARGE)) });
  await settle();
  sent[0]?.finished.resolve('done');
  sent[1]?.finished.reject(new PortholeError('file.exists'));
  sent[2]?.finished.reject(new PortholeError('file.no-space'));
  await settle();
  assert.deepEqual(await phases(), ['done', 'conflict', 'failed', 'running', 'running', 'running']);
  sent[3]?.events.url('/up/4');
  uploads.pauseAll();
  assert.deepEqual(await phases(), ['done', 'conflict', 'failed', 'paused', 'paused', 'paused']);
  assert.ok(sent.slice(3).every(({ stopped }) => stopped));
  uploads.resumeAll();
  assert.deepEqual(await phases(), ['done', 'conflict', 'running', 'running', 'running', 'running']);
  assert.deepEqual(
    sent.slice(6).map(({ upload }) => [upload.path, upload.url]),
    [
      ['c', undefined],
      ['d', '/up/4'],
      ['e', undefined],
      ['f', undefined],
    ],
  );
  uploads.cancelAll();
  assert.ok(sent.slice(6).every(({ stopped }) => stopped));
  assert.deepEqual([await phases(), discarded], [['done'], ['/up/4']]);
});

test('after a reload the same file goes on at its address, and another is not taken for it', async (t) => {
  const record = {
    id: 'r',
    ...target,
    path: 'dir/a',
    size: 7,
    modified: 5,
    conflict: 'fail' as const,
    sent: 3,
    error: undefined,
  };
  const { uploads, sent, settle, phases } = setUp(t, [{ ...record, url: '/up/1' }]);
  assert.deepEqual(await phases(), ['needsFile']);
  assert.equal(uploads.giveAgain([new File(['other one'], 'a', { lastModified: 5 })]), 0);
  assert.equal(uploads.giveAgain([picked('a').file]), 1);
  await settle();
  assert.equal(sent[0]?.upload.url, '/up/1');
});

test('an upload that the hub has forgotten begins anew, once', async (t) => {
  const record = {
    id: 'r',
    ...target,
    path: 'a',
    size: 7,
    modified: 5,
    conflict: 'fail' as const,
    sent: 3,
    error: undefined,
  };
  const { uploads, sent, settle, phases } = setUp(t, [{ ...record, url: '/up/1' }]);
  uploads.add({ ...target, files: [picked('a')] });
  await settle();
  assert.equal(sent.length, 1, 'dropping it again goes on with it');
  sent[0]?.finished.reject(new PortholeError('upload.unknown'));
  await settle(1_000);
  assert.equal(sent[1]?.upload.url, undefined);
  sent[1]?.finished.reject(new PortholeError('upload.unknown'));
  await settle(60_000);
  assert.deepEqual([sent.length, await phases()], [2, ['failed']]);
});

test('what is not over is kept when the page goes away', async (t) => {
  const { uploads, sent, stored, settle } = setUp(t);
  uploads.add({ ...target, files: [picked('a'), picked('b')] });
  await settle();
  sent[0]?.finished.resolve('done');
  await settle(1_000);
  uploads.close();
  uploads.close();
  assert.equal(sent[1]?.stopped, true);
  assert.deepEqual(
    stored().map(({ path, phase }) => [path, phase]),
    [
      ['a', 'done'],
      ['b', 'running'],
    ],
  );
});
