import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '@porthole/protocol';
import { testDatabase } from '../testing/testDatabase.ts';
import { AlertStore } from './alertStore.ts';

function alert(number: number): Alert {
  const id = String(number).padStart(16, 'a');
  const about = { id, rule: id, kind: 'cpu' as const, device: 'a'.repeat(26), process: null };
  return { ...about, value: 1, threshold: 0.95, raisedAt: number, clearedAt: null };
}

test('what is over comes in pages, the latest first, each once', (t) => {
  const { db } = testDatabase(t);
  const store = new AlertStore(db);
  store.together(() => {
    for (let n = 0; n < 120; n++) {
      store.raise(alert(n));
      if (n !== 60) store.clear(alert(n).id, n + 1);
    }
  });
  const seen: number[] = [];
  let before: number | undefined;
  for (;;) {
    const page = store.past(before);
    seen.push(...page.alerts.map(({ raisedAt }) => raisedAt));
    if (page.next === undefined) break;
    before = Number(page.next);
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 120 }, (_, n) => 119 - n).filter((n) => n !== 60),
  );
  assert.deepEqual(store.on(), [alert(60)]);
});

test('only the last ten thousand are kept, and what is on whatever its age', (t) => {
  const { db } = testDatabase(t);
  const store = new AlertStore(db);
  store.together(() => {
    for (let n = 0; n < 10_050; n++) {
      store.raise(alert(n));
      if (n !== 3) store.clear(alert(n).id, n + 1);
    }
  });
  const [{ count = 0 } = {}] = db.all(
    db.sql.selectFrom('alerts').select((row) => row.fn.countAll<number>().as('count')),
  );
  assert.ok(count <= 10_002, String(count));
  assert.equal(store.on()[0]?.raisedAt, 3);
});

test('there are never two of the same rule on at the same device', (t) => {
  const { db } = testDatabase(t);
  const store = new AlertStore(db);
  store.raise(alert(1));
  const later = { ...alert(1), id: 'b'.repeat(16), raisedAt: 9 };
  store.raise(later);
  assert.deepEqual(store.on(), [later]);
  assert.deepEqual(store.past(undefined).alerts, [{ ...alert(1), clearedAt: 9 }]);
});
