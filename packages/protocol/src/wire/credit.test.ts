import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Credit, CreditLedger } from './credit.ts';

test('a sender never has more under way than the reader allowed, and never stays stuck', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(sizes, (messages) => {
      const window = 100;
      const credit = new Credit(window);
      const ledger = new CreditLedger(window);
      let underWay = 0;
      for (const bytes of messages) {
        assert.ok(credit.take(bytes), 'a reader that keeps up grants in time');
        underWay += bytes;
        assert.ok(underWay <= window);
        const grant = ledger.consume(bytes);
        credit.grant(grant);
        underWay -= grant;
        assert.equal(credit.available, window - underWay);
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('what does not fit takes nothing', () => {
  const credit = new Credit(10);
  assert.equal(credit.take(11), false);
  assert.equal(credit.available, 10);
  assert.equal(credit.take(10), true);
  assert.equal(credit.take(1), false);
});

test('a waiting sender wakes at the next grant', async () => {
  const credit = new Credit(0);
  const granted = credit.granted();
  credit.grant(5);
  await granted;
  assert.equal(credit.available, 5);
});

test('a ledger grants everything consumed, in portions of a quarter of the window', () => {
  const ledger = new CreditLedger(100);
  assert.equal(ledger.consume(24), 0);
  assert.equal(ledger.consume(1), 25);
  assert.equal(ledger.consume(24), 0);
  assert.equal(ledger.consume(80), 104);
});

test('a reader that gives less room takes it back out of what it would grant, and gives all of it again', () => {
  const ledger = new CreditLedger(100);
  assert.equal(ledger.consume(50, 50), 0, 'the sender still has as much');
  assert.equal(ledger.consume(24, 50), 0);
  assert.equal(ledger.consume(1, 50), 25);
  assert.equal(ledger.consume(50, 50), 50);
  assert.equal(ledger.consume(1), 51, 'the whole window');
});

test('a sender with less room is never further ahead once it used what it had, and never stays stuck', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 20, maxLength: 200 });
  fc.assert(
    fc.property(sizes, (messages) => {
      const credit = new Credit(100);
      const ledger = new CreditLedger(100);
      let ahead = 100;
      for (const bytes of messages) {
        assert.ok(credit.take(bytes), 'a reader that keeps up grants in time');
        const grant = ledger.consume(bytes, 50);
        credit.grant(grant);
        ahead += grant - bytes;
        assert.equal(credit.available, ahead);
        assert.ok(grant === 0 || ahead === 50);
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('with the smallest window every byte is granted at once', () => {
  const ledger = new CreditLedger(1);
  assert.equal(ledger.consume(1), 1);
  assert.equal(ledger.consume(300), 300);
});
