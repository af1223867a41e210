import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, DEVICE, fileHub, type Reply } from '../../testing/fileHub.ts';
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

test('who asks a device that has just come online waits for its second connection', async (t) => {
  const hub = await fileHub(t);
  const places = { writable: true, separator: '/', folders: [], drives: [] };
  hub.device.serve = (channel) => channel.done(places);
  hub.device.drop();
  assert.equal((await ask(hub, 'GET', '/places')).json?.code, 'device.offline', 'nobody waits for one that is offline');
  hub.device.announce();
  const asked = ask(hub, 'GET', '/places');
  await sleep(100);
  assert.equal(hub.device.channels.length, 0);
  hub.device.comeBack();
  assert.deepEqual((await asked).json, places);
});

test('waiting for a device ends with the device, and with the session', async (t) => {
  const hub = await fileHub(t);
  hub.device.drop();
  hub.device.announce();
  const gone = ask(hub, 'GET', '/places');
  await sleep(100);
  hub.device.drop();
  assert.equal((await gone).json?.code, 'device.offline');
  hub.device.announce();
  let answer: Reply | undefined;
  const signedOut = ask(hub, 'GET', '/places').then((reply) => {
    answer = reply;
  });
  while (!answer) {
    hub.endSession();
    await sleep(10);
  }
  await signedOut;
  assert.equal(answer.json?.code, 'auth.session-ended');
  hub.device.comeBack();
  assert.deepEqual(hub.device.channels, []);
});

test('a device that never makes its second connection is as good as offline', async (t) => {
  const hub = await fileHub(t);
  hub.device.drop();
  hub.device.announce();
  assert.equal((await ask(hub, 'GET', '/places')).json?.code, 'device.offline');
});
