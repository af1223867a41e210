import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { openTerminal } from './terminalLink.ts';

/** Asks for a terminal of a connection that has become another by the time the hub refuses the ticket. */
function openWhile(before: string | undefined, after: string | undefined): Promise<unknown> {
  const link = {
    viewer: before,
    roundTrip: undefined,
    openChannel: () => assert.fail('nothing is opened without a ticket'),
  };
  const ticket = async () => {
    link.viewer = after;
    throw new PortholeError('not-found');
  };
  return openTerminal({ deviceId: 'd', api: { ticket }, link }, 'list', {}, () => undefined);
}

test('a refusal is that of the device as long as the connection is the same', async () => {
  await assert.rejects(openWhile('a', 'a'), { code: 'not-found' });
});

test('a refusal that a lost connection explains is the loss of the connection', async () => {
  await assert.rejects(openWhile('a', undefined), { code: 'channel.closed' });
  await assert.rejects(openWhile('a', 'b'), { code: 'channel.closed' });
  await assert.rejects(openWhile(undefined, undefined), { code: 'channel.closed' });
});
