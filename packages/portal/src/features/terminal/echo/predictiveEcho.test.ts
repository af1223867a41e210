import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { type Glimpse, PredictiveEcho } from './predictiveEcho.ts';

const SLOW = 120;
let echo: PredictiveEcho;
let row: string;
let screen: { row: number; x: number; alternate: boolean };
let now: number;

beforeEach(() => {
  echo = new PredictiveEcho();
  [row, now] = ['', 0];
  screen = { row: 0, x: 0, alternate: false };
});

function glimpse(): Glimpse {
  return { ...screen, columns: 40, text: (from, to) => row.padEnd(40).slice(from, to) };
}

/** The device shows this row, with the cursor behind it or at `x`. */
function device(text: string, x = text.length): void {
  row = text;
  screen.x = x;
  echo.drawn(glimpse(), now);
}

function type(keys: string): void {
  for (const key of keys) echo.typed(key, glimpse(), now);
}

function newLine(text: string): void {
  type('\r');
  screen.row += 1;
  device(text);
}

function shown(roundTrip = SLOW) {
  const found = echo.shown(roundTrip);
  return found && [found.x, found.text, found.cursor];
}

/** A prompt behind which the program has echoed once. */
function trustedPrompt(): void {
  device('$ ');
  type('l');
  device('$ l');
}

test('the first character waits for its echo, the ones after it are shown at once', () => {
  device('$ ');
  type('l');
  assert.equal(shown(), undefined);
  device('$ l');
  type('s -');
  assert.deepEqual(shown(), [3, 's -', 6]);
});

test('what comes true is no guess any more, one character at a time or several', () => {
  trustedPrompt();
  type('s -l');
  device('$ ls');
  assert.deepEqual(shown(), [4, ' -l', 7]);
  device('$ ls -l');
  assert.equal(shown(), undefined);
});

test('behind a prompt that has echoed before, even the first character is shown', () => {
  trustedPrompt();
  newLine('$ ');
  type('p');
  assert.deepEqual(shown(), [2, 'p', 3]);
});

test('a password is never shown: its prompt has not echoed', () => {
  trustedPrompt();
  newLine('Password: ');
  type('secret');
  assert.equal(shown(), undefined);
  now += 10_000;
  echo.waited(now, SLOW);
  type('more');
  assert.equal(shown(), undefined);
});

test('a prompt that stops echoing is not trusted any more', () => {
  trustedPrompt();
  newLine('$ ');
  type('s');
  assert.notEqual(shown(), undefined);
  now += 1_000;
  echo.waited(now, SLOW);
  assert.equal(shown(), undefined);
  type('ecret');
  assert.equal(shown(), undefined);
});

test('an empty prompt is never trusted', () => {
  type('a');
  device('a');
  newLine('');
  type('p');
  assert.equal(shown(), undefined);
});

test('anything else than what was guessed withdraws everything', () => {
  trustedPrompt();
  type('sx');
  device('$ lS');
  assert.equal(shown(), undefined);
  screen.row += 1;
  device('a job ended');
  type('y');
  assert.equal(shown(), undefined);
});

test('backspace takes back guesses and what is there, but not the prompt', () => {
  trustedPrompt();
  type('s');
  device('$ ls');
  type('\x7f');
  assert.deepEqual(shown(), [3, ' ', 3]);
  type('\x7f');
  assert.deepEqual(shown(), [2, '  ', 2]);
  type('\x7f');
  assert.equal(shown(), undefined, 'the prompt is not the person’s');
});

test('a guess that was taken back comes true in its order', () => {
  trustedPrompt();
  type('x\x7fs');
  assert.deepEqual(shown(), [3, 's', 4]);
  device('$ lx');
  assert.deepEqual(shown(), [3, 's', 4]);
  device('$ l');
  device('$ ls');
  assert.equal(shown(), undefined);
});

test('nothing is guessed in full-screen programs, in the middle of a line, at its end, or for other keys', () => {
  trustedPrompt();
  screen.alternate = true;
  type('j');
  assert.equal(shown(), undefined);
  screen.alternate = false;
  type('\x1b');
  device('$ list', 4);
  type('x');
  assert.equal(shown(), undefined);
  newLine('$ ');
  type('y'.repeat(60));
  assert.equal(shown(), undefined);
  newLine('$ ');
  type('a');
  echo.typed('pasted text', glimpse(), now);
  assert.equal(shown(), undefined);
});

test('on a quick link a guess is not told from the text, and is given up soon', () => {
  trustedPrompt();
  type('s');
  assert.deepEqual([echo.shown(8)?.isBrief, echo.shown(60)?.isBrief], [true, false]);
  now += 200;
  echo.waited(now, 60);
  assert.notEqual(echo.shown(60), undefined);
  echo.waited(now, 8);
  assert.equal(echo.shown(8), undefined);
});

test('as long as nobody knows how long a round trip takes, nothing is shown', () => {
  trustedPrompt();
  type('s');
  assert.equal(echo.shown(undefined), undefined);
});
