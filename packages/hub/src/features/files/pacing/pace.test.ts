import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pace } from './pace.ts';
import { Paces } from './paces.ts';

const MUCH = 64 * 1024 * 1024;
const SILENT = { roundTrip: () => new Promise<undefined>(() => undefined) };

/** Takes until nothing more is given for a while; answers the bytes. */
async function takeAll(pace: Pace, limit: number): Promise<number> {
  let taken = 0;
  while (taken < limit) {
    const bytes = await Promise.race([pace.take(limit - taken), sleep(100, 0)]);
    if (bytes === 0) break;
    taken += bytes;
  }
  return taken;
}

test('where nobody looks at anything live, all goes at once', async () => {
  const pace = new Pace(() => undefined);
  assert.equal(await pace.take(MUCH), MUCH);
  pace.close();
});

test('beside a live connection no more is under way than it is known to carry', async () => {
  const pace = new Pace(() => SILENT);
  const taken = await takeAll(pace, MUCH);
  assert.ok(taken > 0 && taken <= 40 * 1024, `${taken}`);
  pace.close();
});

test('what arrives makes room for more', async () => {
  const pace = new Pace(() => ({ roundTrip: () => sleep(2, 2) }));
  for (let left = 2_000_000; left > 0; ) left -= await pace.take(left);
  pace.close();
});

test('whoever waits goes on when the live connection is gone, or the pace is closed', async () => {
  let live: typeof SILENT | undefined = { roundTrip: () => Promise.resolve(undefined) };
  const pace = new Pace(() => live);
  await takeAll(pace, 256 * 1024);
  const waiting = pace.take(MUCH);
  live = undefined;
  assert.equal(await waiting, MUCH);
  pace.close();

  const closed = new Pace(() => SILENT);
  await takeAll(closed, MUCH);
  const held = closed.take(MUCH);
  closed.close();
  closed.close();
  assert.equal(await held, MUCH);
});

test('transfers of one session share a pace, which is closed after the last', async () => {
  const paces = new Paces((session) => (session === 'a' ? SILENT : undefined));
  const [first, second, other] = [paces.join('a'), paces.join('a'), paces.join('b')];
  assert.equal(first.pace, second.pace);
  assert.notEqual(first.pace, other.pace);
  await takeAll(first.pace, MUCH);
  const held = second.pace.take(MUCH);
  first.done();
  first.done();
  assert.equal(await Promise.race([held, sleep(50, 'held')]), 'held');
  second.done();
  assert.equal(await held, MUCH);
  assert.notEqual(paces.join('a').pace, first.pace);
  paces.join('a').done();
});
