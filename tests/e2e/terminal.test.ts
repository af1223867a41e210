import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TerminalReport } from '../../packages/portal/src/features/terminal/terminalReport.ts';
import { eventually } from '../support/eventually.ts';
import { TempDir } from '../support/tempDir.ts';
import { House, VIEWER } from './house.ts';

function report(page: Page): Promise<TerminalReport | undefined> {
  return page.evaluate((): TerminalReport | undefined => window.porthole?.terminal?.());
}

/** What the terminal shows, row by row, without empty ones. */
async function shown(page: Page): Promise<string[]> {
  return ((await report(page))?.lines ?? []).filter((line) => line !== '');
}

async function shows(page: Page, pattern: RegExp): Promise<void> {
  await eventually(`the terminal shows ${pattern}`, async () => {
    const lines = await shown(page);
    if (lines.some((line) => pattern.test(line))) return true;
    throw new Error(lines.slice(-5).join('\n'));
  });
}

async function isLive(page: Page): Promise<void> {
  await page.getByTestId('terminal').locator('.xterm').first().waitFor();
  await eventually('the terminal is live', async () => (await report(page))?.phase === 'live');
}

/** A page in which a terminal of the device `desk` is open. */
async function open(house: House, user?: typeof VIEWER): Promise<Page> {
  const page = await house.watch('desk', user);
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await isLive(page);
  return page;
}

async function run(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('[data-testid=terminal] textarea')?.dispatchEvent(event);
  }, text);
}

test('what is typed is run and shown, and the terminal follows the size of the page', async () => {
  await using house = await House.build('desk');
  const page = await open(house);
  await run(page, 'echo one-$((40 + 2))');
  await shows(page, /^one-42$/);
  await page.setViewportSize({ width: 900, height: 500 });
  await eventually('the shell knows the size', async () => {
    await run(page, 'clear; stty size');
    const { columns, rows } = (await report(page)) ?? {};
    return columns !== undefined && columns < 130 && (await shown(page)).includes(`${rows} ${columns}`);
  });
  await run(page, 'exit 3');
  await page.getByText('The shell ended with status 3.').waitFor();
});

test('a reload comes back to the same session with its scrollback, and so does a restart of the hub', async () => {
  await using house = await House.build('desk');
  const page = await open(house);
  await run(page, 'seq 1 300; kept=yes; PS1="after> "');
  await shows(page, /^after>/);
  const before = await shown(page);
  const url = page.url();
  await page.reload();
  await isLive(page);
  await eventually('it looks as before', async () => (await shown(page)).join('\n') === before.join('\n'));
  assert.equal(page.url(), url);
  await page.getByTestId('terminal').click();
  await page.keyboard.press('Control+Shift+F');
  await page.getByRole('textbox', { name: 'Search in this terminal' }).fill('17');
  await page.getByText(/^\d+ of \d+$/).waitFor();
  await page.keyboard.press('Escape');
  house.hub.kill('SIGKILL');
  await house.hub.restart();
  await eventually(
    'it is live again',
    async () => {
      const phase = (await report(page))?.phase;
      if (phase === 'live') return true;
      throw new Error(phase);
    },
    45_000,
  );
  await page.getByTestId('terminal').click();
  await run(page, 'echo $kept');
  await shows(page, /^yes$/);
});

test('a second person sees the same session and who else does; who may only view cannot type', async () => {
  await using house = await House.build('desk');
  const page = await open(house);
  await run(page, 'echo shared-$((1 + 1))');
  await shows(page, /^shared-2$/);
  const other = await open(house, VIEWER);
  await shows(other, /^shared-2$/);
  await other.getByText('Watching only').waitFor();
  await page.getByRole('img', { name: /^Seen by .*vera/ }).waitFor();
  await other.getByTestId('terminal').click();
  await run(other, 'echo intruder');
  await run(page, 'echo after-$((2 + 2))');
  await shows(other, /^after-4$/);
  assert.ok(!(await shown(page)).some((line) => line.includes('intruder')));
  assert.equal(await other.getByRole('button', { name: 'New terminal' }).count(), 0);
});

test('hostile output types nothing, opens nothing and copies nothing unseen', async () => {
  using folder = new TempDir();
  const hostile = [
    '\x1b[c\x1b[>c\x1b[=c\x1b[5n\x1b[6n\x1b[?6n\x1b[?1$p\x1b[4$p\x1b[>q\x05',
    '\x1bP$qm\x1b\\\x1bP+q544e\x1b\\',
    '\x1b[18t\x1b[14t\x1b[21t\x1b]0;touch pwned\x07\x1b[21t',
    '\x1b]4;1;?\x07\x1b]10;?\x07\x1b]11;?\x1b\\\x1b]12;?\x07',
    '\x1b]52;c;?\x07\x1b]52;c;c3RvbGVu\x07',
    '\x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07',
    `\x1b]2;${'t'.repeat(1_000_000)}\x07`,
    'a\u0301\u0301\u0301'.repeat(1_000),
  ];
  writeFileSync(join(folder.path, 'hostile'), Buffer.concat([Buffer.from(hostile.join('\n')), Buffer.of(0xff, 0xc3)]));
  await using house = await House.build('desk');
  const page = await open(house);
  const popups: Page[] = [];
  page.context().on('page', (popup) => popups.push(popup));
  await run(page, `PS1='ready> '; clear; cat ${folder.path}/hostile; clear`);
  await page.getByText(/A program here/).waitFor();
  await shows(page, /^ready>/);
  await page.keyboard.press('Control+u');
  await run(page, 'echo typed-nothing');
  await shows(page, /^typed-nothing$/);
  // Where the device answers a program, the shell may read it; it is plain answers, never what the output chose.
  const lines = (await shown(page)).join('\n');
  for (const planted of ['touch pwned', 'stolen', 'rgb:', '$r']) assert.ok(!lines.includes(planted), lines);
  assert.equal(popups.length, 0);
});

test('several lines are pasted only after a yes, and nothing in them is a key', async () => {
  await using house = await House.build('desk');
  const page = await open(house);
  await run(page, "PS1='ready> '; clear");
  await shows(page, /^ready>/);
  await paste(page, 'echo first\necho second\x1b[201~\n');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('echo first').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await paste(page, 'echo single-$((3 * 3))');
  await page.keyboard.press('Enter');
  await shows(page, /^single-9$/);
  assert.ok(!(await shown(page)).some((line) => line.includes('first')));
  // A program that tells a paste from keys, and shows what it got as it is.
  await run(page, "clear; printf '\\033[?2004h'; cat -v");
  await eventually('it is asked to tell a paste', async () => (await shown(page)).length === 0);
  await paste(page, 'first\x1b[201~\nsecond\x03\n');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await page.keyboard.press('Enter');
  await shows(page, /^\^\[\[200~first\[201~$/);
  await shows(page, /^second$/);
  await shows(page, /^\^\[\[201~$/);
});

test('Ctrl-C ends a program that writes without end', async () => {
  await using house = await House.build('desk');
  const page = await open(house);
  await run(page, 'yes');
  await shows(page, /^y$/);
  await page.keyboard.press('Control+c');
  await run(page, 'clear; echo still-$((5 + 5))');
  await shows(page, /^still-10$/);
});

test('terminals lie beside each other, and are found again after a reload', async () => {
  await using house = await House.build('desk');
  const page = await open(house);
  await run(page, 'echo left-$((1 + 0))');
  await shows(page, /^left-1$/);
  await page.keyboard.press('Control+Shift+D');
  await eventually('there are two', async () => (await page.getByTestId('terminal').count()) === 2);
  await isLive(page);
  await eventually('the new one has the keyboard', async () => (await shown(page)).every((line) => line !== 'left-1'));
  await run(page, 'echo right-$((1 + 1))');
  await shows(page, /^right-2$/);
  await page.reload();
  await eventually('there are two again', async () => (await page.getByTestId('terminal').count()) === 2);
  await page.getByTestId('terminal').first().click();
  await shows(page, /^left-1$/);
});

/** Delays everything that the page says to the hub and hears of it. */
function slowLink(): void {
  const delay = 80;
  const Quick = window.WebSocket;
  window.WebSocket = class extends Quick {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      setTimeout(() => super.send(data), delay);
    }
    override set onmessage(hear: ((event: MessageEvent) => void) | null) {
      super.onmessage = hear && ((event) => setTimeout(() => hear(event), delay));
    }
  };
}

test('on a slow link typed characters show before they come back, and a password never does', async () => {
  await using house = await House.build('desk');
  const page = await house.page();
  await page.addInitScript(slowLink);
  await page.reload();
  await page.getByRole('link', { name: /^desk/ }).click();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await isLive(page);
  await shows(page, /[#$] ?$/);
  await run(page, "PS1='ready> '; clear");
  await shows(page, /^ready> ?$/);
  await eventually('the round trip is known', async () => ((await report(page))?.roundTrip ?? 0) >= 150, 30_000);
  await page.keyboard.type('e');
  await shows(page, /^ready> e$/);
  await page.keyboard.type('cho guessed');
  assert.match((await report(page))?.predicted ?? '', /guessed$/);
  await eventually('all of it came true', async () => (await shown(page)).at(-1) === 'ready> echo guessed');
  await eventually('nothing is guessed any more', async () => (await report(page))?.predicted === '');
  await page.keyboard.press('Control+u');
  await run(page, "stty -echo; printf 'Password: '; read word; stty echo; echo");
  await shows(page, /^Password: ?$/);
  for (const key of 'secret') {
    await page.keyboard.type(key);
    assert.equal((await report(page))?.predicted, '');
  }
  await page.keyboard.press('Enter');
  await eventually('the shell echoes again', async () => /^ready> ?$/.test((await shown(page)).at(-1) ?? ''));
  await run(page, `echo length-$${'{#word}'}`);
  await shows(page, /^length-6$/);
});
