import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { windowOf } from '@porthole/protocol';
import { readProcesses } from '../../platform/programs/processTable.ts';
import { screenDump } from '../../testing/screenDump.ts';
import { TerminalsUnderTest } from '../../testing/terminalClient.ts';

/** Bytes that a program below a process has written. */
function writtenBy(name: string, ancestor: number | undefined): number {
  const processes = readProcesses();
  const isBelow = (pid: number): boolean => {
    const parent = processes.find((process) => process.pid === pid)?.parent;
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  const isNamed = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8') === `${name}\n`;
  const found = processes.find(({ pid }) => isBelow(pid) && isNamed(pid));
  const [, bytes] = /^wchar: (\d+)$/m.exec(readFileSync(`/proc/${found?.pid}/io`, 'utf8')) ?? [];
  return Number(bytes);
}

test('a viewer that draws nothing gets no more than its window, and the screen when it is back', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const stalled = terminals.open();
  await stalled.until(() => stalled.isReady);
  const other = terminals.call('attach', { session: stalled.session?.id ?? '' });
  await other.until(() => other.isReady);
  stalled.grants = false;
  other.type('seq 1 300000; echo finished\n');
  await other.until(() => /^(?:. )?finished/m.test(other.screen));
  assert.ok(stalled.bytes <= windowOf('terminal'), `${stalled.bytes} bytes were sent`);
  stalled.grantAll();
  await stalled.until(() => /^(?:. )?finished/m.test(stalled.screen) && stalled.isReady);
  assert.equal(stalled.messages.filter((type) => type === 'screen').length, 2);
  assert.deepEqual(screenDump(stalled.emulator), screenDump(other.emulator));
});

test('a program waits for its only viewer, goes on when that has stalled, and can be interrupted all the while', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.grants = false;
  call.type('yes\n');
  await sleep(1_000);
  const written = () => writtenBy('yes', terminals.feature.pid);
  const waiting = written();
  await sleep(500);
  assert.equal(written(), waiting, 'it waits');
  assert.ok(waiting < 4 * windowOf('terminal'), `${waiting} bytes were written`);
  await sleep(2_500);
  assert.ok(written() > waiting, 'it goes on');
  assert.ok(call.bytes <= windowOf('terminal'));
  call.type('\x03');
  call.type('echo through\n');
  const watcher = terminals.call('watch', { session: call.session?.id ?? '' });
  await watcher.until(() => /^(?:. )?through$/m.test(watcher.screen));
  call.grantAll();
  await call.until(() => call.isReady && /^(?:. )?through$/m.test(call.screen));
  assert.deepEqual(screenDump(call.emulator), screenDump(watcher.emulator));
});

test('a flood in one session leaves another its keys', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const loud = terminals.open();
  const quiet = terminals.open();
  await loud.until(() => loud.isReady);
  await quiet.until(() => quiet.isReady);
  loud.type('yes\n');
  await loud.until(() => loud.bytes > 1_000_000);
  quiet.type('echo heard\n');
  await quiet.until(() => /^(?:. )?heard/m.test(quiet.screen), 2_000);
  loud.type('\x03');
});

test('everything that a program wrote comes before its end, in order and once', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.text = '';
  call.type('stty -echo; exec seq 1 200000\n');
  await call.until(() => call.done !== undefined);
  // A line editor that was quick says something of its own before.
  const begin = call.text.search(/(?<=[\r\n])1\r\n/);
  const numbers = call.text.slice(begin).trimEnd().split('\r\n');
  assert.equal(numbers.length, 200_000);
  assert.ok(numbers.every((number, index) => Number(number) === index + 1));
});

test('a storm of sizes ends with the last one, everywhere', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  for (let columns = 20; columns < 220; columns++) void call.send({ type: 'size', size: { columns, rows: 30 } });
  await call.until(() => call.session?.size.columns === 219 && call.emulator.terminal.cols === 219);
  call.type('stty size\n');
  await call.until(() => /^30 219$/m.test(call.screen));
  assert.ok(call.messages.filter((type) => type === 'size').length < 100);
});

test('what is typed faster than a program reads holds whoever types, and is not lost', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type('stty raw -echo; echo ready; sleep 1; head -c 400000 | md5sum; stty sane\n');
  await call.until(() => /^(?:. )?ready/m.test(call.screen));
  const block = Buffer.from('0123456789abcdef'.repeat(1_000));
  let isHeld = false;
  for (let sent = 0; sent < 25; sent++) {
    const dealtWith = call.send({ type: 'input', bytes: block });
    await sleep(5);
    isHeld ||= dealtWith !== undefined;
    await dealtWith;
  }
  assert.ok(isHeld);
  const { createHash } = await import('node:crypto');
  const hash = createHash('md5').update('0123456789abcdef'.repeat(25_000)).digest('hex');
  await call.until(() => call.screen.includes(hash));
});
