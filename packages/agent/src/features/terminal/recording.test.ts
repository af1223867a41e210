import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TerminalRecording } from '@porthole/protocol';
import { screenDump } from '../../testing/screenDump.ts';
import { TerminalsUnderTest } from '../../testing/terminalClient.ts';
import { Emulator } from './host/screen/emulator.ts';

type Event = [number, 'o' | 'r', string];

/** An emulator that was shown a recording. */
function replay(text: string): { emulator: Emulator; head: { version: number; width: number; height: number } } {
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const head = JSON.parse(first);
  const emulator = new Emulator({ columns: head.width, rows: head.height });
  for (const line of lines) {
    const [, kind, data] = JSON.parse(line) as Event;
    const [columns = 0, rows = 0] = data.split('x').map(Number);
    if (kind === 'o') emulator.write(data);
    else emulator.resize({ columns, rows });
  }
  return { emulator, head };
}

test('a recording shows what the session showed, has nothing of what was typed, and is its owner’s alone', async (t) => {
  const terminals = new TerminalsUnderTest(t, { settings: { record: true, keepMinutes: 60 } });
  const call = terminals.open({ name: 'work' });
  await call.until(() => call.isReady);
  assert.equal(call.session?.recording, true);
  call.type('stty -echo; echo qui""et\n');
  // Until then the terminal itself shows what is typed.
  await call.until(() => call.screen.includes('quiet'));
  call.type('read secret\n');
  call.type('hunter2\n');
  call.type("printf 'häé漢字\\033[1mbold\\033[m\\n'\n");
  await call.until(() => call.screen.includes('bold'));
  void call.send({ type: 'size', size: { columns: 50, rows: 10 } });
  await call.until(() => call.emulator.terminal.cols === 50);
  call.type('echo la""st\n');
  await call.until(() => call.screen.includes('last'));
  const end = terminals.call('end', { session: call.session?.id ?? '' });
  await end.until(() => end.done !== undefined);
  await call.until(() => call.done !== undefined);
  const shown = screenDump(call.emulator);
  const listed = terminals.call('recordings', {});
  await listed.until(() => listed.done !== undefined);
  const [recording] = (listed.done as { recordings: TerminalRecording[] }).recordings;
  assert.equal(recording?.name, 'work');
  assert.equal(recording?.user, 'ann');
  assert.equal(recording?.running, false);
  const read = terminals.call('replay', { recording: recording?.id ?? '' });
  await read.until(() => read.done !== undefined);
  const text = Buffer.from(read.text, 'latin1').toString();
  assert.ok(!text.includes('hunter2'));
  const { emulator, head } = replay(text);
  assert.equal(head.version, 2);
  assert.deepEqual(screenDump(emulator), shown);
  const folder = join(terminals.folder, 'recordings');
  const [file = ''] = readdirSync(folder);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
});

test('recording is switched on and off under open sessions, and everybody in them is told', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type('echo before\n');
  await call.until(() => /^(?:. )?before$/m.test(call.screen));
  terminals.feature.set({ record: true, keepMinutes: 60 });
  await call.until(() => call.session?.recording === true);
  terminals.feature.set({ record: false, keepMinutes: 60 });
  await call.until(() => call.session?.recording === false);
  const listed = terminals.call('recordings', {});
  await listed.until(() => listed.done !== undefined);
  const [recording] = (listed.done as { recordings: TerminalRecording[] }).recordings;
  const read = terminals.call('replay', { recording: recording?.id ?? '' });
  await read.until(() => read.done !== undefined);
  const { emulator } = replay(Buffer.from(read.text, 'latin1').toString());
  assert.match(emulator.terminal.buffer.active.getLine(1)?.translateToString(true) ?? '', /^(?:. )?before$/);
});

test('where nothing can be written the session goes on, and is said not to be recorded', async (t) => {
  const terminals = new TerminalsUnderTest(t, { settings: { record: true, keepMinutes: 60 } });
  writeFileSync(join(terminals.folder, 'recordings'), 'in the way');
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type('echo here\n');
  await call.until(() => /^(?:. )?here$/m.test(call.screen));
  assert.equal(call.session?.recording, false);
  const missing = terminals.call('replay', { recording: 'nothing' });
  await missing.until(() => missing.error !== undefined);
  assert.equal(missing.error, 'recording.unknown');
});
