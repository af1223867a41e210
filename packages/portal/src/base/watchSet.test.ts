import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WatchSet } from './watchSet.ts';

function setUp() {
  const sent: { stats: string[]; thumbnails: string[] }[] = [];
  let timer: (() => void) | undefined;
  const watch = new WatchSet({
    send: ({ stats, thumbnails }) => sent.push({ stats, thumbnails }),
    later: (run) => {
      timer = run;
      return () => {
        timer = undefined;
      };
    },
  });
  const wait = () => {
    const run = timer;
    timer = undefined;
    run?.();
  };
  return { watch, sent, wait, waiting: () => timer !== undefined };
}

test('a new connection is told at once, later changes together after a moment', () => {
  const { watch, sent, wait } = setUp();
  watch.add('b', 'card');
  watch.connected();
  assert.deepEqual(sent, [{ stats: ['b'], thumbnails: ['b'] }]);
  watch.add('a', 'card');
  watch.add('c', 'stats');
  assert.equal(sent.length, 1);
  wait();
  assert.deepEqual(sent.at(-1), { stats: ['a', 'b', 'c'], thumbnails: ['a', 'b'] });
});

test('a set that came back to what the hub knows is not sent again', () => {
  const { watch, sent, wait } = setUp();
  watch.connected();
  const leave = watch.add('a', 'card');
  leave();
  wait();
  assert.equal(sent.length, 1);
});

test('a device shown twice is watched until both are gone, and leaving twice counts once', () => {
  const { watch, sent, wait } = setUp();
  watch.connected();
  const first = watch.add('a', 'card');
  const second = watch.add('a', 'card');
  first();
  first();
  wait();
  assert.deepEqual(sent.at(-1)?.thumbnails, ['a']);
  second();
  wait();
  assert.deepEqual(sent.at(-1)?.thumbnails, []);
});

test('a hidden page watches nothing and comes back to what it showed', () => {
  const { watch, sent, wait } = setUp();
  watch.add('a', 'card');
  watch.connected();
  watch.setPageVisible(false);
  wait();
  assert.deepEqual(sent.at(-1), { stats: [], thumbnails: [] });
  watch.setPageVisible(true);
  wait();
  assert.deepEqual(sent.at(-1), { stats: ['a'], thumbnails: ['a'] });
});

test('without a connection nothing is sent, and the next one is told everything', () => {
  const { watch, sent, waiting } = setUp();
  watch.connected();
  watch.disconnected();
  watch.add('a', 'card');
  assert.equal(waiting(), false);
  watch.connected();
  assert.deepEqual(sent.at(-1), { stats: ['a'], thumbnails: ['a'] });
});

test('never more ids than the hub takes', () => {
  const { watch, sent } = setUp();
  for (let i = 0; i < 600; i += 1) watch.add(`device-${i}`, 'card');
  watch.connected();
  assert.equal(sent[0]?.stats.length, 500);
});

test('a closed set sends nothing, whatever was waiting', () => {
  const { watch, sent, wait } = setUp();
  watch.connected();
  watch.add('a', 'card');
  watch.close();
  wait();
  assert.equal(sent.length, 1);
});
