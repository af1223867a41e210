import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type BatchResult, PortholeError } from '@porthole/protocol';
import { type BatchedFile, Batcher, nextBatch } from './batcher.ts';
import type { Upload } from './upload.ts';

interface Request {
  files: readonly BatchedFile[];
  signal: AbortSignal;
  answer: PromiseWithResolvers<readonly BatchResult[]>;
}

function small(path: string, others: Partial<Upload> = {}): BatchedFile {
  const begun = { id: path, deviceId: 'd', folder: '/srv', path, size: 7, modified: 5, url: undefined, sent: 0 };
  const idle = { phase: 'running', error: undefined, file: undefined, batch: '', attempts: 0, notBefore: 0 } as const;
  return { upload: { ...begun, ...idle, conflict: 'fail', ...others }, file: new File(['content'], path) };
}

/** A hub that does what the test says. */
function setUp(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const requests: Request[] = [];
  const batcher = new Batcher((files, signal) => {
    const request = { files, signal, answer: Promise.withResolvers<readonly BatchResult[]>() };
    requests.push(request);
    return request.answer.promise;
  });
  const sent: number[] = [];
  const send = ({ upload, file }: BatchedFile) => {
    const sending = batcher.send(upload, file, { url: () => undefined, sent: (bytes) => sent.push(bytes) });
    sending.finished.catch(() => undefined);
    return sending;
  };
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await setImmediate();
      t.mock.timers.tick(1);
    }
  };
  const paths = () => requests.map(({ files }) => files.map(({ upload }) => upload.path));
  return { requests, send, sent, settle, paths };
}

test('what is given in the same go shares a request, and each hears of its own result', async (t) => {
  const { requests, send, sent, settle, paths } = setUp(t);
  const all = ['a', 'b', 'c', 'd'].map((path) => send(small(path)));
  await settle();
  assert.deepEqual(paths(), [['a', 'b', 'c', 'd']]);
  requests[0]?.answer.resolve([
    { state: 'done' },
    { state: 'skipped' },
    { state: 'failed', error: 'file.exists' },
    { state: 'failed', error: 'no code at all' },
  ]);
  const results = await Promise.allSettled(all.map(({ finished }) => finished));
  assert.deepEqual(
    results.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.code)),
    ['done', 'skipped', 'file.exists', 'internal'],
  );
  assert.deepEqual(sent, [7, 7]);
});

test('two requests are under way at once, and what comes meanwhile goes with the next', async (t) => {
  const { requests, send, settle, paths } = setUp(t);
  for (const path of ['a', 'b', 'c', 'd']) {
    send(small(path));
    await settle();
  }
  assert.deepEqual(paths(), [['a'], ['b']]);
  requests[0]?.answer.resolve([{ state: 'done' }]);
  await settle();
  assert.deepEqual(paths(), [['a'], ['b'], ['c', 'd']]);
});

test('who is stopped ends the request, which the others hear; one that was not sent yet never is', async (t) => {
  const { requests, send, settle, paths } = setUp(t);
  const [first, other] = [send(small('a')), send(small('b'))];
  await settle();
  send(small('c'));
  await settle();
  send(small('d')).stop();
  first.stop();
  assert.equal(requests[0]?.signal.aborted, true);
  requests[0]?.answer.reject(new PortholeError('channel.closed'));
  await assert.rejects(other.finished, { code: 'channel.closed' });
  await settle();
  assert.deepEqual(paths(), [['a', 'b'], ['c']]);
});

test('a batch goes to one folder of one device, and holds no more than one request may', () => {
  const lengths = (waiting: BatchedFile[]) => {
    const rest = new Set(waiting);
    const all: number[] = [];
    while (rest.size > 0) {
      const batch = nextBatch(rest);
      for (const each of batch) rest.delete(each);
      all.push(batch.length);
    }
    return all;
  };
  assert.deepEqual(
    lengths([small('a'), small('b', { folder: '/' }), small('c', { deviceId: 'e' }), small('d')]),
    [2, 1, 1],
  );
  assert.deepEqual(lengths(Array.from({ length: 300 }, (_, at) => small(`${at}`))), [256, 44]);
  assert.deepEqual(lengths(Array.from({ length: 20 }, (_, at) => small(`${at}`, { size: 65_536 }))), [16, 4]);
  assert.deepEqual(lengths(Array.from({ length: 3 }, (_, at) => small(`${at}${'x'.repeat(30_000)}`))), [1, 1, 1]);
});
