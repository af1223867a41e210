import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TerminalSession } from '@porthole/protocol';
import { firstSession } from './firstSession.ts';
import { isBusy, sessionName } from './sessionName.ts';
import { readTerminalUrl, terminalHereUrl, terminalUrl } from './terminalUrl.ts';

const PLAIN = { name: '', title: '', command: '', shell: '/usr/bin/zsh' };

function session(id: string, part: Partial<TerminalSession>): TerminalSession {
  const base = {
    account: 'ann',
    size: { columns: 80, rows: 24 },
    startedAt: 0,
    startedBy: 'ann',
    activeAt: 0,
    viewers: [],
    recording: false,
  };
  return { ...PLAIN, ...base, id, ...part };
}

test('a session is called by a person, else by its program, else by its shell', () => {
  assert.equal(sessionName(PLAIN), 'zsh');
  assert.equal(sessionName({ ...PLAIN, command: '/usr/bin/vim a.txt' }), 'vim a.txt');
  assert.equal(sessionName({ ...PLAIN, command: 'zsh -l' }), 'zsh');
  assert.equal(sessionName({ ...PLAIN, command: 'zsh build.sh' }), 'zsh build.sh');
  assert.equal(sessionName({ ...PLAIN, command: 'vim', title: 'a.txt - VIM' }), 'a.txt - VIM');
  assert.equal(sessionName({ ...PLAIN, title: 't', name: 'deploy' }), 'deploy');
  assert.ok(!sessionName({ ...PLAIN, title: 'a\u202eb\x1b' }).includes('\u202e'));
});

test('a shell alone is not busy, whatever it calls itself', () => {
  for (const command of ['zsh', '-zsh', '/usr/bin/zsh', 'zsh -l', ''])
    assert.equal(isBusy({ ...PLAIN, command }), false, command);
  for (const command of ['vim a', 'zsh build.sh']) assert.equal(isBusy({ ...PLAIN, command }), true, command);
});

test('a browser begins with the session that is the person’s own', () => {
  const viewers = [{ viewer: 'v', user: 'ann', types: true }];
  const sessions = [
    session('a', { activeAt: 5, startedBy: 'bob' }),
    session('b', { activeAt: 4, startedBy: 'bob', viewers, typist: { viewer: 'v', user: 'ann', at: 1 } }),
    session('c', { activeAt: 2 }),
    session('d', { activeAt: 3, typist: { viewer: 'w', user: 'bob', at: 1 } }),
  ];
  assert.equal(firstSession(sessions, 'ann', true), 'd');
  assert.equal(firstSession(sessions.slice(0, 2), 'ann', true), undefined);
  assert.equal(firstSession(sessions, 'vera', false), 'a', 'whoever watches sees what is used');
});

test('addresses name a session or a folder, and nonsense names nothing', () => {
  const id = 'aaaaaaaaaaaaaaaa';
  assert.deepEqual(readTerminalUrl(terminalUrl('d', id), ''), { session: id, folder: undefined });
  const here = new URL(terminalHereUrl('d', '/a b/ü&c'), 'https://hub');
  assert.deepEqual(readTerminalUrl(here.pathname, here.search), { session: undefined, folder: '/a b/ü&c' });
  for (const path of ['/devices/d/terminal/', '/devices/d/terminal/../x', '/devices/d/terminal/short']) {
    assert.equal(readTerminalUrl(path, '?folder=').session, undefined);
  }
});
