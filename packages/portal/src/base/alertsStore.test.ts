import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '@porthole/protocol';
import { AlertsStore } from './alertsStore.ts';

function alertOf(name: string): Alert {
  return {
    id: name.padEnd(16, 'a'),
    rule: 'r'.repeat(16),
    kind: 'cpu',
    device: 'd'.repeat(26),
    value: 0.97,
    threshold: 0.95,
    process: null,
    raisedAt: 1,
    clearedAt: null,
  };
}

function followed(): { store: AlertsStore; raised: string[]; tell(...names: string[]): void } {
  const store = new AlertsStore();
  const raised: string[] = [];
  store.onRaised((alerts) => raised.push(...alerts.map(({ id }) => id.replace(/a+$/, ''))));
  return { store, raised, tell: (...names) => store.apply({ type: 'alerts', alerts: names.map(alertOf) }) };
}

test('what is on when the page loads is there, and told to nobody', () => {
  const { store, raised, tell } = followed();
  assert.equal(store.on.get(), undefined);
  tell('x', 'y');
  assert.equal(store.on.get()?.length, 2);
  assert.deepEqual(raised, []);
});

test('what is raised later is told once, whatever else changes', () => {
  const { store, raised, tell } = followed();
  tell();
  tell('x');
  tell('x', 'y');
  tell('y');
  assert.deepEqual(raised, ['x', 'y']);
  assert.equal(store.on.get()?.length, 1);
});

test('a reconnect that tells the same list tells nobody anything', () => {
  const { raised, tell } = followed();
  tell('x');
  tell('x');
  assert.deepEqual(raised, []);
});
