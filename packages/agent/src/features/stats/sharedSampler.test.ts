import assert from 'node:assert/strict';
import { mock, type TestContext, test } from 'node:test';
import { nextDue, SharedSampler } from './sharedSampler.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function clock(t: TestContext) {
  let now = 0;
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(performance, 'now', () => now);
  t.after(() => {
    mock.timers.reset();
    mock.restoreAll();
  });
  return async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      now += 100;
      mock.timers.tick(100);
      await settle();
    }
  };
}

test('each reader is served at its own pace, out of looks that all share', async (t) => {
  const pass = clock(t);
  let looks = 0;
  const sampler = new SharedSampler(async () => ++looks);
  const [quick, slow]: [number[], number[]] = [[], []];
  const leaveQuick = sampler.join({ intervalMs: 1_000, receive: (value) => quick.push(value) });
  sampler.join({ intervalMs: 5_000, receive: (value) => slow.push(value) });
  await pass(10_000);
  assert.ok(quick.length >= 10 && quick.length <= 11, `${quick.length} values each second for 10 s`);
  assert.ok(slow.length >= 2 && slow.length <= 3, `${slow.length} values each 5 s`);
  assert.ok(looks <= quick.length + 1);
  leaveQuick();
  const before = looks;
  await pass(10_000);
  assert.ok(looks - before <= 2, 'at the pace of who is left');
  sampler.close();
  const last = looks;
  await pass(20_000);
  assert.equal(looks, last);
});

test('a look that takes for ever is not taken twice, and who left meanwhile hears nothing of it', async (t) => {
  const pass = clock(t);
  const look = Promise.withResolvers<string>();
  let looks = 0;
  const heard: string[] = [];
  const sampler = new SharedSampler(() => {
    looks++;
    return look.promise;
  });
  const leave = sampler.join({ intervalMs: 500, receive: (value) => heard.push(`gone ${value}`) });
  sampler.join({ intervalMs: 500, receive: (value) => heard.push(value) });
  await pass(5_000);
  assert.equal(looks, 1);
  leave();
  look.resolve('seen');
  await settle();
  assert.deepEqual(heard, ['seen']);
  sampler.close();
});

test('a look that fails is followed by others', async (t) => {
  const pass = clock(t);
  let looks = 0;
  const heard: number[] = [];
  const sampler = new SharedSampler(async () => {
    if (++looks === 1) throw new Error('not now');
    return looks;
  });
  sampler.join({ intervalMs: 500, receive: (value) => heard.push(value) });
  await pass(1_500);
  assert.equal(heard[0], 2);
  sampler.close();
});

test('what was missed while the machine slept is not made up for', () => {
  assert.equal(nextDue(1_000, 500, 1_010), 1_500);
  assert.equal(nextDue(1_000, 500, 90_000), 90_250);
});
