import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../testing/filesClient.ts';
import { type TerminalCall, TerminalsUnderTest } from '../../testing/terminalClient.ts';

/** A program that writes `output`, and then shows as hexadecimal numbers whatever was typed into it, up to a `Z`. */
async function typedBack(t: TestContext, output: string | Uint8Array): Promise<{ call: TerminalCall; typed: string }> {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'output'), output);
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open({ folder });
  await call.until(() => call.isReady);
  call.type(
    "stty raw -echo; cat output; printf '\\033c\\r\\nREA''DY'; sed -u /Z/q | od -An -tx1 -v | tr -d ' \\n'; printf EN''D\n",
  );
  await call.until(() => call.screen.includes('READY'), 60_000);
  await sleep(200);
  call.type('Z\n');
  await call.until(() => /END/.test(call.screen));
  const [, typed = 'nothing'] = /READY([0-9a-f]*)5a0aEND/.exec(call.screen.replaceAll('\n', '')) ?? [];
  return { call, typed };
}

const HOSTILE: Record<string, string> = {
  'a question for the clipboard': '\x1b]52;c;?\x07\x1b]52;p;?\x1b\\',
  'text for the clipboard': `\x1b]52;c;${Buffer.from('rm -rf /\n').toString('base64')}\x07`,
  'a title that is asked back': '\x1b]2;evil\r\n\x07\x1b[21t\x1b[20t',
  'a question for the window': '\x1b[14t\x1b[16t\x1b[18t\x1b[11t\x1b[13t',
  'a question for settings': '\x1bP$qm\x1b\\\x1bP$q"p\x1b\\\x1bP+q544e\x1b\\',
  'a question for colours': '\x1b]4;1;?\x07\x1b]10;?\x07\x1b]11;?\x1b\\\x1b]12;?\x07',
  'a question for an answer-back': '\x05\x05\x05',
  'a question for the version': '\x1b[>q\x1b[>0q',
  'a link that would be run': '\x1b]8;;javascript:alert(1)\x1b\\click\x1b]8;;\x1b\\',
};

for (const [name, output] of Object.entries(HOSTILE)) {
  test(`${name} types nothing`, async (t) => {
    assert.equal((await typedBack(t, output)).typed, '');
  });
}

test('what programs need to know is answered, once', async (t) => {
  const { typed } = await typedBack(t, '\x1b[c\x1b[5n\x1b[3;7H\x1b[6n\x1b[?25$p');
  assert.equal(Buffer.from(typed, 'hex').toString(), '\x1b[?1;2c\x1b[0n\x1b[3;7R\x1b[?25;1$y');
});

test('a title is cut, and has no controls and nothing that turns it around', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open();
  await call.until(() => call.isReady);
  call.type("printf '\\033]2;safe\\342\\200\\256%0500d\\007' 0\n");
  await call.until(() => call.session?.title.startsWith('safe0') === true);
  assert.equal(call.session?.title.length, 256);
});

test('a title of 10 MB, bytes that are no text, and a million combining marks leave the session as it was', async (t) => {
  const title = Buffer.concat([Buffer.from('\x1b]2;'), Buffer.alloc(10 * 1024 * 1024, 'x'), Buffer.from('\x07')]);
  const broken = Buffer.from([0xc3, 0x28, 0xe2, 0x82, 0xff, 0xf0, 0x9f, 0x92, 0x0a, 0xc2, 0x1b, 0x5b, 0x6d]);
  const marks = Buffer.from(`e${'\u0301'.repeat(1_000_000)}`);
  const { call, typed } = await typedBack(t, Buffer.concat([title, broken, marks]));
  assert.equal(typed, '');
  assert.ok((call.session?.title.length ?? 0) <= 256);
});

test('a folder is believed only when it is one of this machine', async (t) => {
  const terminals = new TerminalsUnderTest(t);
  const call = terminals.open({ folder: '/' });
  await call.until(() => call.isReady);
  call.type(
    "printf '\\033]7;file://elsewhere/etc\\007\\033]7;http://localhost/etc\\007\\033]7;file:///usr/../tmp\\007'\n",
  );
  await call.until(() => call.session?.folder === '/tmp');
});
