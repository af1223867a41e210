import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type FilePage, PortholeError } from '@porthole/protocol';
import { Folder } from './folder.ts';

/** A device that answers when it is told to, and a clock that stands. */
function setUp(isOnline = () => true) {
  const asked: { after: string | undefined; signal: AbortSignal; answer: PromiseWithResolvers<FilePage> }[] = [];
  const timers: (() => void)[] = [];
  const folder = new Folder({
    isOnline,
    list: ({ after }, signal) => {
      const answer = Promise.withResolvers<FilePage>();
      asked.push({ after, signal, answer });
      return answer.promise;
    },
    later: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  const answer = async (names: string[], next?: string) => {
    const page = { path: '/', entries: names.map(named), total: 3, ...(next === undefined ? {} : { next }) };
    asked.at(-1)?.answer.resolve(page);
    await setImmediate();
  };
  return { folder, asked, timers, answer, names: () => folder.state.get().entries.map(({ name }) => name) };
}

function named(name: string) {
  return { name, kind: 'file' as const, size: 0, modified: 0 };
}

test('the first page shows at once, the others follow', async () => {
  const { folder, asked, answer, names } = setUp();
  await answer(['a', 'b'], 'b');
  assert.deepEqual([names(), folder.state.get().complete, folder.state.get().total], [['a', 'b'], false, 3]);
  assert.equal(asked[1]?.after, 'b');
  await answer(['c']);
  assert.deepEqual([names(), folder.state.get().complete], [['a', 'b', 'c'], true]);
});

test('a folder that is read again keeps what it shows until all of it is there', async () => {
  const { folder, timers, answer, names } = setUp();
  await answer(['a', 'b']);
  timers.shift()?.();
  folder.refresh();
  await answer(['x'], 'x');
  assert.deepEqual(names(), ['a', 'b']);
  await answer(['y']);
  assert.deepEqual(names(), ['x', 'y']);
});

test('many changes while it is being read, or rests, make one more reading', async () => {
  const { folder, asked, timers, answer } = setUp();
  folder.refresh();
  folder.refresh();
  await answer(['a']);
  folder.refresh();
  assert.equal(asked.length, 1);
  timers.shift()?.();
  assert.equal(asked.length, 2);
});

test('a failure says why and keeps what was there; the next reading mends it', async () => {
  const { folder, asked, timers, answer, names } = setUp();
  await answer(['a']);
  timers.shift()?.();
  folder.refresh();
  asked.at(-1)?.answer.reject(new PortholeError('file.denied'));
  await setImmediate();
  assert.deepEqual([names(), folder.state.get().error?.code], [['a'], 'file.denied']);
  timers.shift()?.();
  folder.refresh();
  await answer(['b']);
  assert.deepEqual([names(), folder.state.get().error], [['b'], undefined]);
});

test('a device that is said to be online but cannot be reached yet is asked again until it answers', async () => {
  const { folder, asked, timers, answer, names } = setUp();
  for (let round = 1; round <= 3; round += 1) {
    asked.at(-1)?.answer.reject(new PortholeError('device.offline'));
    await setImmediate();
    assert.equal(folder.state.get().error?.code, 'device.offline');
    // Its rest ends, and it was long enough since.
    for (const run of timers.splice(0)) run();
    assert.equal(asked.length, round + 1);
  }
  await answer(['a']);
  assert.deepEqual([names(), folder.state.get().error], [['a'], undefined]);
  timers.shift()?.();
  assert.deepEqual([asked.length, timers.length], [4, 0]);
});

test('a device that is offline, or refuses, is not asked again', async () => {
  for (const [online, code] of [
    [false, 'device.offline'],
    [true, 'file.denied'],
  ] as const) {
    const { asked, timers } = setUp(() => online);
    asked.at(-1)?.answer.reject(new PortholeError(code));
    await setImmediate();
    timers.shift()?.();
    assert.deepEqual([asked.length, timers.length], [1, 0]);
  }
});

test('a device that repeats itself is not asked for ever', async () => {
  const { folder, asked, answer } = setUp();
  await answer(['a'], 'a');
  await answer(['a'], 'a');
  assert.deepEqual([asked.length, folder.state.get().complete], [2, true]);
});

test('closing ends the question and everything after it', async () => {
  const { folder, asked, timers, answer, names } = setUp();
  folder.close();
  folder.close();
  assert.equal(asked[0]?.signal.aborted, true);
  await answer(['a'], 'a');
  folder.refresh();
  assert.deepEqual([names(), asked.length, timers.length], [[], 1, 0]);
});
