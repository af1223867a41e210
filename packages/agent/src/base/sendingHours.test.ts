import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { isLiveFeed, isWithin, minuteOf, SendingHours } from './sendingHours.ts';

const at = (hour: number, minute = 0) => hour * 60 + minute;

test('hours begin with their first minute and end before their last', () => {
  const hours = { from: at(8), to: at(18) };
  assert.deepEqual(
    [at(7, 59), at(8), at(17, 59), at(18), at(0)].map((minute) => isWithin(hours, minute)),
    [false, true, true, false, false],
  );
});

test('hours may go over midnight, be the whole day, or not be there', () => {
  const night = { from: at(22), to: at(6) };
  assert.deepEqual(
    [at(21, 59), at(22), at(23, 59), at(0), at(5, 59), at(6)].map((minute) => isWithin(night, minute)),
    [false, true, true, true, true, false],
  );
  assert.ok(isWithin({ from: at(9), to: at(9) }, at(3)));
  assert.ok(isWithin(null, at(3)));
});

test('the minute is that of the clock on the wall', () => {
  assert.equal(minuteOf(new Date(2026, 2, 29, 3, 30)), at(3, 30));
});

test('screen, small pictures and quick figures are live; the record, files and terminals are not', () => {
  const stats = (operation: string, intervalMs: number) => isLiveFeed('stats', { operation, intervalMs });
  assert.deepEqual(
    [stats('sample', 1_000), stats('health', 1_000), stats('processes', 60_000), stats('sample', 10_000)],
    [true, true, true, false],
  );
  assert.deepEqual(
    (['screen', 'thumbnail', 'files', 'terminal', 'input', 'power', 'commands'] as const).filter((name) =>
      isLiveFeed(name, {}),
    ),
    ['screen', 'thumbnail'],
  );
});

test('the end of the hours is told at the minute, once, also when the clock is set', (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ['setTimeout'] });
  let now = new Date(2026, 4, 1, 17, 59, 30);
  let ended = 0;
  const hours = new SendingHours(
    () => ended++,
    () => now,
  );
  hours.set({ from: at(8), to: at(18) });
  const pass = (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 10) {
      now = new Date(now.getTime() + 10_000);
      mock.timers.tick(10_000);
    }
  };
  pass(20);
  assert.deepEqual([ended, hours.isOpen], [0, true]);
  pass(10);
  assert.deepEqual([ended, hours.isOpen], [1, false]);
  pass(600);
  assert.equal(ended, 1);
  now = new Date(2026, 4, 2, 12, 0);
  pass(30);
  assert.deepEqual([ended, hours.isOpen], [1, true]);
  now = new Date(2026, 4, 2, 23, 0);
  pass(30);
  assert.equal(ended, 2);
  hours.set(null);
  assert.equal(hours.isOpen, true);
  hours.set({ from: at(8), to: at(18) });
  assert.equal(ended, 3, 'settings that end them act at once');
  hours.close();
});
