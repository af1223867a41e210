import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from './slots.ts';

const forever = new AbortController().signal;

test('places are given in the order of asking, and no more than there are', async () => {
  const slots = new Slots({ count: 1, waiting: 2 });
  const order: string[] = [];
  const first = await slots.take(forever);
  const take = async (name: string) => {
    const free = await slots.take(forever);
    order.push(name);
    return free;
  };
  const second = take('second');
  const third = take('third');
  await assert.rejects(slots.take(forever), { code: 'convert.busy' });
  assert.deepEqual(order, []);
  first();
  first();
  const freeSecond = await second;
  assert.deepEqual(order, ['second']);
  freeSecond();
  (await third)();
  (await slots.take(forever))();
});

test('who gives up waiting is passed over', async () => {
  const slots = new Slots({ count: 1, waiting: 1 });
  const first = await slots.take(forever);
  const giving = new AbortController();
  const waiting = slots.take(giving.signal);
  giving.abort(new Error('gave up'));
  await assert.rejects(waiting, /gave up/);
  const next = slots.take(forever);
  first();
  (await next)();
});

test('who has waited as long as it may is refused, and one for whom a place comes in time is not', async () => {
  const slots = new Slots({ count: 1, waiting: 2, patience: 100 });
  const first = await slots.take(forever);
  await assert.rejects(slots.take(forever), { code: 'convert.busy' });
  const next = slots.take(forever);
  first();
  (await next)();
  (await slots.take(forever))();
});
