import assert from 'node:assert/strict';
import { test } from 'node:test';
import { screenDump } from '../../../../testing/screenDump.ts';
import { Turns } from '../turns.ts';
import { Emulator } from './emulator.ts';
import { Screen, type ScreenPicture } from './screen.ts';

const SIZE = { columns: 80, rows: 24 };
const LINES = Buffer.from(
  Array.from({ length: 5_100 }, (_, line) => `\x1b[3${line % 8}mline ${line}\x1b[m and more\r\n`).join(''),
);

/** A screen with all the scrollback that it keeps. */
function fullScreen(): Screen {
  const screen = new Screen(SIZE);
  screen.write(LINES);
  while (screen.work());
  return screen;
}

function play(steps: ScreenPicture['steps']): Emulator {
  const emulator = new Emulator(SIZE);
  for (const step of steps) {
    if (step instanceof Uint8Array) emulator.write(step);
    else emulator.resize(step);
  }
  return emulator;
}

test('a picture of much is taken in parts, and what comes meanwhile is in it as well', () => {
  const screen = fullScreen();
  const taken: ScreenPicture[] = [];
  screen.capture('', (picture) => taken.push(picture));
  let parts = 0;
  while (taken.length === 0) {
    parts++;
    if (parts === 2) {
      screen.write(Buffer.from('\x1b[2Jlate'));
      screen.resize({ columns: 60, rows: 20 });
      screen.capture('', (picture) => taken.push(picture));
    }
    screen.work();
  }
  assert.ok(parts > 10);
  assert.equal(taken.length, 2);
  while (screen.work());
  for (const { steps } of taken) assert.deepEqual(screenDump(play(steps)), screenDump(screen.emulator));
});

test('a picture of little is there at once', () => {
  const screen = new Screen(SIZE);
  const taken: ScreenPicture[] = [];
  screen.capture('', (picture) => taken.push(picture));
  assert.equal(taken.length, 1);
});

test('while a picture is taken of one screen, others go on', async () => {
  const [large, small] = [fullScreen(), new Screen(SIZE)];
  const turns = new Turns();
  const { promise, resolve } = Promise.withResolvers<string>();
  // Written between two turns, as the echo of a key is.
  large.capture('', () => resolve(small.emulator.terminal.buffer.active.getLine(0)?.translateToString(true) ?? ''));
  turns.add(large);
  setImmediate(() => {
    small.write(Buffer.from('echo'));
    turns.add(small);
  });
  assert.equal(await promise, 'echo');
});
