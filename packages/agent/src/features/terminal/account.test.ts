import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { detectPrograms } from '../../platform/detect.ts';
import { TerminalsUnderTest } from '../../testing/terminalClient.ts';

const isRoot = userInfo().uid === 0;

test('the account that the owner names is the one that runs, with an environment of its own', {
  skip: !isRoot,
}, async (t) => {
  process.env.PORTHOLE_TOKEN = 'not for others';
  t.after(() => delete process.env.PORTHOLE_TOKEN);
  const terminals = new TerminalsUnderTest(t, { policy: { account: 'nobody', shells: ['/bin/sh'] } });
  const call = terminals.open();
  await call.until(() => call.isReady);
  assert.equal(call.session?.account, 'nobody');
  call.type(
    'clear; id -un; id -Gn; echo "$USER $SHELL $TERM"; env | grep -c PORTHOLE; ls -l /proc/self/fd | grep -c socket; echo over\n',
  );
  await call.until(() => /^over/m.test(call.screen));
  assert.match(call.screen, /nobody\nnogroup\nnobody \/bin\/sh xterm-256color\n0\n0\nover/);
  assert.deepEqual((await terminals.list()).shells, ['/bin/sh']);
});

test('an account that cannot be used refuses, and offers no shell', async (t) => {
  const terminals = new TerminalsUnderTest(t, { policy: { account: 'porthole-no-such-account' } });
  const call = terminals.open({});
  await call.until(() => call.error !== undefined);
  assert.equal(call.error, 'terminal.account');
  assert.deepEqual((await terminals.list()).shells, []);
});

test('shells are those of the system, the own one first, and no others', () => {
  const programs = detectPrograms({});
  const shells = programs.shells();
  const own = execFileSync('getent', ['passwd', String(userInfo().uid)], { encoding: 'utf8' })
    .trim()
    .split(':')[6];
  assert.equal(shells[0], own);
  const allowed = readFileSync('/etc/shells', 'utf8');
  assert.ok(shells.slice(1).every((shell) => allowed.includes(shell)));
  for (const shell of ['/bin/true', 'bash', '/bin/../bin/bash', '/no/such']) {
    assert.throws(
      () => programs.shell(shell, undefined),
      (error) => error instanceof PortholeError && error.code === 'terminal.no-shell',
    );
  }
});

test('a folder that is gone means home', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open({ folder: '/no/such/folder' });
  await call.until(() => call.isReady);
  call.type('test "$PWD" = "$HOME" && echo ho""me\n');
  await call.until(() => /^(?:. )?home$/m.test(call.screen));
});
