import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { detectPrograms } from '../../platform/detect.ts';
import { temporaryFolder } from '../../testing/filesClient.ts';
import { randomNumbers, randomStream } from '../../testing/randomStream.ts';
import { screenDump } from '../../testing/screenDump.ts';
import { SIZE, TerminalsUnderTest } from '../../testing/terminalClient.ts';
import { PtyProcess } from './host/ptyProcess.ts';
import { Emulator } from './host/screen/emulator.ts';

interface Scene {
  program: string;
  start: string;
  keys: string[];
}

const SCENES: Scene[] = [
  {
    program: '/usr/bin/vim',
    start: 'vim -u NONE -i NONE -n text',
    keys: ['ihello \u001b', ':set number\r', 'G', 'yyp', ':sp\r'],
  },
  { program: '/usr/bin/less', start: 'less text', keys: [' ', '/line 9\r', 'G', 'g'] },
  {
    program: '/usr/bin/tmux',
    start: 'tmux -S socket -f /dev/null new "sh -c \'seq 50; read x\'"',
    keys: ['\u0002%', '\u0002"', '\u0002:set -g status off\r'],
  },
  { program: '/usr/bin/htop', start: 'htop --readonly --delay=100', keys: ['\u001bOB', 'F'] },
];

/** The same program in a pty of this process, its output straight into an emulator. */
class LocalTerminal {
  readonly emulator = new Emulator(SIZE);
  readonly #pty: PtyProcess;

  constructor(folder: string) {
    this.#pty = new PtyProcess(detectPrograms({}).shell('/bin/sh', folder), SIZE, {
      output: (pieces) => {
        for (const piece of pieces) this.emulator.write(piece);
      },
      ended: () => undefined,
      held: () => undefined,
    });
    this.emulator.terminal.onData((text) => this.type(text));
  }

  type(text: string): void {
    this.#pty.write(Buffer.from(text));
  }

  close(): void {
    this.#pty.close();
    this.emulator.close();
  }
}

for (const { program, start, keys } of SCENES) {
  test(`${program} looks as in a local terminal, also to somebody who comes later`, {
    skip: !existsSync(program),
  }, async (t) => {
    const folders: string[] = [];
    // A server of tmux is in a session of its own, and outlives the one that it was started in.
    t.after(() => folders.map((cwd) => spawnSync('tmux', ['-S', 'socket', 'kill-server'], { cwd })));
    const [folder, localFolder] = [temporaryFolder(t), temporaryFolder(t)];
    folders.push(folder, localFolder);
    const text = Array.from({ length: 100 }, (_, index) => `line ${index} äöü 漢字\n`).join('');
    for (const place of [folder, localFolder]) writeFileSync(join(place, 'text'), text);
    const terminals = new TerminalsUnderTest(t);
    const call = terminals.open({ folder });
    const local = new LocalTerminal(localFolder);
    t.after(() => local.close());
    await call.until(() => call.isReady);
    // One after the other: what both wrote to at once would be neither's.
    for (const text of ['PS1="$ "; clear\n', `${start}\n`, ...keys]) {
      call.type(text);
      await sleep(400);
    }
    for (const text of ['PS1="$ "; clear\n', `${start}\n`, ...keys]) {
      local.type(text);
      await sleep(400);
    }
    const screen = (dump: string[]) => dump.filter((line) => !/^(?:active|saved)/.test(line));
    const shown = screenDump(call.emulator);
    assert.ok(
      shown.some((line) => line.startsWith('alternate base')),
      'the program has the whole screen',
    );
    const late = terminals.call('attach', { session: call.session?.id ?? '' });
    await late.until(() => late.isReady);
    assert.deepEqual(screenDump(late.emulator), shown);
    // The time of day, and what else is different in every start, is in the status line of some.
    if (!/htop/.test(program))
      assert.deepEqual(screen(shown).map(withoutTimes), screen(screenDump(local.emulator)).map(withoutTimes));
    call.type(program.endsWith('tmux') ? '\u0002&y' : '\u001b:q!\rq');
    local.type(program.endsWith('tmux') ? '\u0002&y' : '\u001b:q!\rq');
    await sleep(300);
  });
}

function withoutTimes(line: string): string {
  return line.replaceAll(/\d\d:\d\d|"[^"]*"|\[\d+\]/g, '');
}

test('coming back at any point of 10 MB is the same as never having left', async (t) => {
  const folder = temporaryFolder(t);
  const part = Array.from({ length: 20 }, (_, seed) => randomStream(seed + 1, 5_000)).join('');
  const times = Math.ceil((10 * 1024 * 1024) / Buffer.byteLength(part));
  writeFileSync(join(folder, 'stream'), part.repeat(times));
  const terminals = new TerminalsUnderTest(t);
  const stays = terminals.open({ folder });
  await stays.until(() => stays.isReady);
  stays.type('stty -echo raw; cat stream; printf "\\033c"; seq 1 60; printf over; sleep 60\n');
  const session = stays.session?.id ?? '';
  const random = randomNumbers(7);
  while (!stays.screen.endsWith('over')) {
    const call = terminals.call('attach', { session });
    await call.until(() => call.isReady);
    const target = call.bytes + Math.floor(random() * 400_000);
    await call.until(() => call.bytes >= target || call.screen.endsWith('over'));
    if (call.screen.endsWith('over')) break;
    call.close();
  }
  const last = terminals.call('attach', { session });
  await last.until(() => last.isReady && last.screen.endsWith('over'));
  await stays.until(() => stays.screen.endsWith('over'));
  assert.deepEqual(screenDump(last.emulator), screenDump(stays.emulator));
});
