import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tickets } from './tickets.ts';

const right = { sessionId: 's1', deviceId: 'd', feature: 'screen', viewer: 'v' } as const;

test('a ticket opens once', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue(right);
  assert.deepEqual(tickets.redeem(ticket, 's1'), right);
  assert.throws(() => tickets.redeem(ticket, 's1'), { code: 'ticket.invalid' });
});

test('a ticket of another session is refused and used up by the attempt', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue(right);
  assert.throws(() => tickets.redeem(ticket, 's2'), { code: 'ticket.invalid' });
  assert.throws(() => tickets.redeem(ticket, 's1'), { code: 'ticket.invalid' });
});

test('a ticket is void after 30 seconds', () => {
  let now = 0;
  const tickets = new Tickets(() => now);
  const early = tickets.issue(right);
  const late = tickets.issue(right);
  now = 30_000;
  tickets.redeem(early, 's1');
  now = 30_001;
  assert.throws(() => tickets.redeem(late, 's1'), { code: 'ticket.invalid' });
});

test('one session cannot hoard tickets, and gets new ones when the old expire', () => {
  let now = 0;
  const tickets = new Tickets(() => now);
  for (let i = 0; i < 256; i++) tickets.issue(right);
  assert.throws(() => tickets.issue(right), { code: 'channel.limit' });
  tickets.issue({ ...right, sessionId: 's2' });
  now = 30_001;
  tickets.issue(right);
});
