import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEVICE, fileHub } from '../../testing/fileHub.ts';
import { FileAccess } from './fileAccess.ts';
import type { FileChannel } from './fileChannel.ts';

test('one user never takes all channels of a device, however often signed in', async (t) => {
  const { directory, closing } = await fileHub(t);
  const access = closing.add(new FileAccess(directory, { onEnded: () => () => undefined }));
  const open = (userId: string, session: number): FileChannel => {
    const subject = { sessionId: `${userId} ${session}`, userId, username: userId, role: 'operator' } as const;
    return access.open(subject, DEVICE, 'read', { path: '/x' });
  };
  const held: FileChannel[] = [];
  const openAll = () => {
    for (let n = 0; n < 600; n++) held.push(open('ada', Math.floor(n / 60)));
  };
  assert.throws(openAll, { code: 'channel.limit' });
  open('bob', 1).close();
  const [first] = held;
  first?.close();
  await first?.ended;
  open('ada', 9).close();
});

test('one session leaves room for the others of its user', async (t) => {
  const { directory, closing } = await fileHub(t);
  const access = closing.add(new FileAccess(directory, { onEnded: () => () => undefined }));
  const open = (sessionId: string) =>
    access.open({ sessionId, userId: 'u', username: 'ada', role: 'operator' }, DEVICE, 'read', { path: '/x' });
  assert.throws(
    () => {
      for (let n = 0; n < 600; n++) open('one');
    },
    { code: 'channel.limit' },
  );
  open('other').close();
});
