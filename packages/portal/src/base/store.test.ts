import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from './store.ts';

test('a change is heard, the same value is not', () => {
  const store = new Store(1);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.set(1);
  store.set(2);
  assert.deepEqual(heard, [2]);
});

test('a patch that changes nothing keeps the identity', () => {
  const store = new Store({ a: 1, b: 2 });
  const before = store.get();
  store.patch({ a: 1 });
  assert.equal(store.get(), before);
  store.patch({ b: 3 });
  assert.deepEqual(store.get(), { a: 1, b: 3 });
});

test('a listener that leaves while others are told is not told any more', () => {
  const store = new Store(0);
  let second = 0;
  const leave: (() => void)[] = [];
  store.subscribe(() => leave[0]?.());
  leave.push(
    store.subscribe(() => {
      second += 1;
    }),
  );
  store.set(1);
  assert.equal(second, 0);
});

test('the same function added twice is removed one by one', () => {
  const store = new Store(0);
  let heard = 0;
  const listener = () => {
    heard += 1;
  };
  const first = store.subscribe(listener);
  store.subscribe(listener);
  first();
  first();
  store.set(1);
  assert.equal(heard, 1);
});
