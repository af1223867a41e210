import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Terminal } from '@xterm/xterm';
import { muteQueries } from './muteQueries.ts';

// The same parser without a page; it is no module of the new kind.
const { Terminal: HeadlessTerminal }: { Terminal: typeof Terminal } = createRequire(import.meta.url)('@xterm/headless');

const QUESTIONS = [
  '\x1b[c',
  '\x1b[0c',
  '\x1b[>c',
  '\x1b[=c',
  '\x1b[5n',
  '\x1b[6n',
  '\x1b[?6n',
  '\x1b[?996n',
  '\x1b[4$p',
  '\x1b[?1$p',
  '\x1b[>q',
  '\x1b[?u',
  '\x1b[14t',
  '\x1b[18t',
  '\x1b[21t',
  '\x1b[x',
  '\x05',
  '\x1bP$qm\x1b\\',
  '\x1bP+q544e\x1b\\',
  '\x1b]4;1;?\x07',
  '\x1b]4;1;rgb:00/00/00;2;?\x07',
  '\x1b]10;?\x07',
  '\x1b]10;?;?\x1b\\',
  '\x1b]11;?\x07',
  '\x1b]12;?\x07',
];

async function answersTo(question: string, muted: boolean): Promise<string> {
  const windowOptions = { getWinSizeChars: true, getWinSizePixels: true, getWinTitle: true };
  const terminal = new HeadlessTerminal({ allowProposedApi: true, windowOptions });
  if (muted) muteQueries(terminal);
  let answers = '';
  terminal.onData((text) => {
    answers += text;
  });
  await new Promise<void>((resolve) => terminal.write(question, resolve));
  terminal.dispose();
  return answers;
}

test('no question of a program is answered', async () => {
  for (const question of QUESTIONS) assert.equal(await answersTo(question, true), '', JSON.stringify(question));
});

test('the same questions are answered by a terminal that is not muted', async () => {
  const answered = await Promise.all(QUESTIONS.map((question) => answersTo(question, false)));
  assert.ok(answered.filter((answer) => answer !== '').length >= 8, JSON.stringify(answered));
});
