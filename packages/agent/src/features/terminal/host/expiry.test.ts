import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFromTerminal, encodeToTerminal, type TerminalSession } from '@porthole/protocol';
import { detectPrograms } from '../../../platform/detect.ts';
import { temporaryFolder } from '../../../testing/filesClient.ts';
import type { FromPtyHost } from './hostMessages.ts';
import { PtyHost } from './ptyHost.ts';

const MINUTE = 60_000;
const SETTINGS = { record: false, keepMinutes: 10 };

test('a session that nobody looks at ends when its time is over, and not while somebody does', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
  const folder = temporaryFolder(t);
  let living = 0;
  let noneLeft = Promise.withResolvers<void>();
  let session = '';
  const host = new PtyHost({
    openPrograms: detectPrograms,
    send: (_channel, bytes) => {
      const message = decodeFromTerminal(bytes);
      if (message.type === 'item') session = (message.json as TerminalSession).id;
    },
    report: (message: FromPtyHost) => {
      if (message.type === 'sessions') living = message.leaders.length;
      if (living === 0) noneLeft.resolve();
    },
  });
  t.after(() => host.close());
  const open = (channel: number, operation: 'open' | 'attach', json: object) => {
    host.control({ type: 'open', channel, operation, viewer: 'viewer', user: 'ann', credit: 100_000 });
    host.data(channel, encodeToTerminal({ type: 'ask', json }));
  };
  host.control({ type: 'setup', folder, policy: {}, settings: SETTINGS });
  open(1, 'open', { size: { columns: 80, rows: 24 }, shell: '/bin/sh' });
  assert.equal(living, 1);
  t.mock.timers.tick(60 * MINUTE);
  host.control({ type: 'leave', channel: 1 });
  t.mock.timers.tick(9 * MINUTE);
  open(2, 'attach', { session, size: { columns: 80, rows: 24 } });
  t.mock.timers.tick(60 * MINUTE);
  host.control({ type: 'leave', channel: 2 });
  noneLeft = Promise.withResolvers<void>();
  t.mock.timers.tick(9 * MINUTE);
  // Whatever was to end by now would have.
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(living, 1);
  t.mock.timers.tick(1.1 * MINUTE);
  await noneLeft.promise;
  assert.equal(living, 0);
});
