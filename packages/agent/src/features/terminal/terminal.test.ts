import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TerminalsUnderTest } from '../../testing/terminalClient.ts';

test('a session is opened, typed into, and ends with the status of its shell', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  assert.deepEqual(call.messages.slice(0, 4), ['item', 'screen', 'output', 'ready']);
  call.type('echo "$TERM" $((6 * 7)); cd /tmp; exit 3\n');
  await call.until(() => call.done !== undefined);
  assert.match(call.screen, /xterm-256color 42/);
  assert.deepEqual(call.end, { reason: 'exit', code: 3 });
  assert.deepEqual((await terminals.list()).sessions, []);
});

test('who comes back sees what happened meanwhile, and goes on', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const first = terminals.open({ name: 'work' });
  await first.until(() => first.isReady);
  first.type('echo one; sleep 0.3; echo two\n');
  await first.until(() => /^(?:. )?one/m.test(first.screen));
  first.close();
  const session = first.session?.id ?? '';
  await new Promise((resolve) => setTimeout(resolve, 600));
  const [listed] = (await terminals.list()).sessions;
  assert.equal(listed?.id, session);
  assert.equal(listed?.name, 'work');
  assert.deepEqual(listed?.viewers, []);
  const again = terminals.call('attach', { session });
  await again.until(() => again.isReady);
  assert.match(again.screen, /^(?:. )?one\n(?:. )?two/m);
  again.type('echo three\n');
  await again.until(() => /^(?:. )?three/m.test(again.screen));
  const end = terminals.call('end', { session });
  await end.until(() => end.done !== undefined);
  assert.deepEqual(end.done, {});
  await again.until(() => again.done !== undefined);
  assert.deepEqual(again.end, { reason: 'closed' });
});

test('somebody who only watches sees, and cannot type', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.session !== undefined);
  const watcher = terminals.call('watch', { session: call.session?.id ?? '' }, 'bob');
  await watcher.until(() => watcher.isReady);
  call.type('echo seen\n');
  await watcher.until(() => /^(?:. )?seen/m.test(watcher.screen));
  await call.until(() => call.session?.viewers.length === 2 && call.session.typist?.user === 'ann');
  assert.deepEqual(
    call.session?.viewers.map(({ types }) => types),
    [true, false],
  );
  watcher.type('echo never\n');
  await watcher.until(() => watcher.error !== undefined);
  assert.equal(watcher.error, 'message.invalid');
});

test('what cannot be answered closes the channel with a code', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const unknown = terminals.call('attach', { session: 'AAAAAAAAAAAAAAAA' });
  const noShell = terminals.open({ shell: '/bin/true' });
  await unknown.until(() => unknown.error !== undefined);
  await noShell.until(() => noShell.error !== undefined);
  assert.equal(unknown.error, 'terminal.unknown');
  assert.equal(noShell.error, 'terminal.no-shell');
});
