import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { type Alert, LIMITS, type MessageOf, parseMessage, toPortal } from '@porthole/protocol';
import { AlertNews } from './alertNews.ts';

function alert(number: number, process: string | null = null): Alert {
  const id = String(number).padStart(16, 'a');
  const about = { id, rule: id, kind: 'process' as const, device: 'a'.repeat(26), process };
  return { ...about, value: null, threshold: null, raisedAt: number, clearedAt: null };
}

function subscribe() {
  mock.timers.enable({ apis: ['setTimeout'] });
  const portal = { alerts: [alert(1)], backlog: 0 };
  const sent: MessageOf<typeof toPortal>[] = [];
  const news = new AlertNews({
    shown: () => portal.alerts,
    send: (message) => sent.push(message),
    backlog: () => portal.backlog,
  });
  return {
    portal,
    sent,
    news,
    lists: () => sent.map((message) => (message.type === 'alerts' ? message.alerts.length : 0)),
  };
}

test('a portal is told what is on at once, and again when that changed, changes of a moment together', (t) => {
  t.after(() => mock.timers.reset());
  const { portal, news, lists } = subscribe();
  assert.deepEqual(lists(), [1]);
  for (let n = 2; n < 10; n++) {
    portal.alerts = [...portal.alerts, alert(n)];
    news.changed();
  }
  mock.timers.tick(100);
  assert.deepEqual(lists(), [1, 9]);
  news.changed();
  news.close();
  mock.timers.tick(1_000);
  assert.deepEqual(lists(), [1, 9]);
});

test('one that does not read is told later, and only the last', (t) => {
  t.after(() => mock.timers.reset());
  const { portal, news, lists } = subscribe();
  portal.backlog = 1e6;
  for (let n = 0; n < 20; n++) {
    portal.alerts = [];
    news.changed();
    mock.timers.tick(500);
  }
  assert.deepEqual(lists(), [1]);
  portal.backlog = 0;
  mock.timers.tick(2_000);
  assert.deepEqual(lists(), [1, 0]);
});

test('however long the names are, the message is one that a portal takes', (t) => {
  t.after(() => mock.timers.reset());
  const { portal, sent, news } = subscribe();
  portal.alerts = Array.from({ length: 200 }, (_, n) => alert(n, '"'.repeat(64)));
  news.changed();
  mock.timers.tick(100);
  const text = JSON.stringify(sent.at(-1));
  assert.ok(text.length <= LIMITS.control);
  const message = parseMessage(toPortal, text);
  assert.ok(message.type === 'alerts' && message.alerts.length > 100 && message.alerts[0]?.raisedAt === 0);
});
