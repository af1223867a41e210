import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type KeyReporter, keyReporter } from '../../../../../../tests/support/x11/keyReporter.ts';
import { setLayout } from '../../../../../../tests/support/x11/layout.ts';
import { startXvfb, type Xvfb } from '../../../../../../tests/support/x11/xvfb.ts';
import type { InputSink } from '../backend.ts';
import { openX11Input } from './x11.ts';

const TEXT = 'Hello ß é ñ € 漢 ~ @ { } \\ 😀';
const KEY = { shift: 0xffe1, control: 0xffe3, caps: 0xffe5, numLock: 0xff7f, tab: 0xff09, left: 0xff51, altGr: 0xfe03 };
const [SHIFT, LOCK, CONTROL] = [1, 2, 4];

let server: Xvfb;
let reporter: KeyReporter;
let sink: InputSink;
before(async () => {
  server = await startXvfb({ width: 800, height: 600 });
});
after(() => server.close());
beforeEach(async () => {
  await setLayout(server.display, 'us');
  reporter = await keyReporter(server.display);
  sink = await openX11Input(server.display);
});
afterEach(async () => {
  sink.close();
  await sink.closed;
  reporter.close();
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(done: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; !(await done()); tries++) {
    assert.ok(tries < 500, `never happened: ${what}`);
    await sleep(10);
    await reporter.settle();
  }
}

function tap(keysym: number, code: string): void {
  sink.key(true, keysym, code);
  sink.key(false, keysym, code);
}

/** Waits for the text, then a little more, so that what comes too much is seen as well. */
async function assertText(text: string): Promise<void> {
  await until(() => reporter.text().length >= text.length, `text ${text}`);
  await sleep(30);
  await reporter.settle();
  assert.equal(reporter.text(), text);
}

/** The keyboard map in one string; comparing maps as objects takes minutes when they differ. */
const mapNow = async (): Promise<string> =>
  JSON.stringify([...(await reporter.keymap()).keys].sort(([a], [b]) => a - b));

const pressed = () => reporter.events.filter((event) => event.type === 'key' && event.down);
const keysDown = async (): Promise<number> => {
  const map = await reporter.connection.ask<Buffer>((reply) => reporter.connection.client.QueryKeymap(reply));
  return [...map].filter((byte) => byte !== 0).length;
};

for (const layout of ['us', 'de', 'fr', 'ru', 'us,ru', 'ru,us', 'de(nodeadkeys),gr']) {
  test(`text arrives exactly on the layout ${layout}`, async () => {
    await setLayout(server.display, layout);
    sink.text(TEXT);
    await assertText(TEXT);
  });

  test(`keys of another layout arrive exactly on the layout ${layout}, held in any order`, async () => {
    await setLayout(server.display, layout);
    // As a German viewer types @ (AltGr+Q), ß, Z, a capital by Shift, and rolls from 7 to / on the same key.
    sink.key(true, KEY.altGr, 'AltRight');
    tap(0x40, 'KeyQ');
    sink.key(false, KEY.altGr, 'AltRight');
    tap(0xdf, 'Minus');
    sink.key(true, KEY.shift, 'ShiftLeft');
    tap(0x5a, 'KeyY');
    sink.key(true, 0x2f, 'Digit7');
    sink.key(false, KEY.shift, 'ShiftLeft');
    sink.key(true, 0x37, 'KeyX');
    sink.key(false, 0x37, 'Digit7');
    sink.key(false, 0x37, 'KeyX');
    await assertText('@ßZ/7');
    await until(async () => (await keysDown()) === 0, 'all keys up');
  });
}

test('a real program gets the same text: xterm, on every layout', async (context) => {
  const own = await startXvfb({ width: 800, height: 600 });
  const folder = await mkdtemp(join(tmpdir(), 'porthole-xterm-'));
  const typed = join(folder, 'typed');
  const command = ['-u8', '-geometry', '80x24+0+0', '-e', 'sh', '-c', `stty raw -echo; exec cat > ${typed}`];
  const env = { ...process.env, DISPLAY: own.display, LC_ALL: 'C.UTF-8' };
  const xterm = spawn('xterm', command, { env, stdio: 'ignore' });
  const lone = await openX11Input(own.display);
  context.after(async () => {
    lone.close();
    xterm.kill();
    await own.close();
    await rm(folder, { recursive: true });
  });
  const read = (): Promise<string> => readFile(typed, 'utf8').catch(() => '');
  lone.move(100, 100);
  // Without a window manager the keys go where the pointer is, once the window is there.
  await until(async () => {
    lone.text('.');
    await sleep(90);
    return (await read()).endsWith('.');
  }, 'xterm takes keys');
  for (const layout of ['us', 'de', 'fr', 'ru']) {
    await setLayout(own.display, layout);
    const before = (await read()).length;
    lone.text(`${TEXT}|`);
    // Only the new line counts: the one before ended with the same character.
    await until(async () => (await read()).slice(before).endsWith('|'), `text on ${layout}`);
    // A dot that tried whether xterm takes keys may have come late.
    assert.equal((await read()).slice(before).replace(/^\.+/, ''), `${TEXT}|`, layout);
  }
});

test('newline is Return, tab is Tab, and other control characters are left out', async () => {
  sink.text('a\nb\tc\r\nd\u0007\u001be');
  await assertText('a\nb\tc\nde');
});

test('more foreign characters than there are spare keycodes arrive in order', async () => {
  const text = Array.from({ length: 80 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('');
  sink.text(text);
  await assertText(text);
});

test('shortcuts keep their modifiers, and a foreign letter falls back to the key at its place', async () => {
  sink.key(true, KEY.control, 'ControlLeft');
  tap(0x6d3, 'KeyC');
  tap(0x76, 'KeyV');
  sink.key(false, KEY.control, 'ControlLeft');
  await until(() => pressed().length === 3, 'three presses');
  assert.deepEqual(
    pressed().map((event) => event.type === 'key' && [event.keysym, event.mods]),
    [
      [KEY.control, 0],
      [0x63, CONTROL],
      [0x76, CONTROL],
    ],
  );
});

test('Shift with Tab or an arrow stays Shift with Tab or an arrow', async () => {
  sink.key(true, KEY.shift, 'ShiftLeft');
  tap(KEY.tab, 'Tab');
  tap(KEY.left, 'ArrowLeft');
  sink.key(false, KEY.shift, 'ShiftLeft');
  await until(() => pressed().length === 3, 'three presses');
  assert.deepEqual(
    pressed().map((event) => event.type === 'key' && [event.keysym, event.mods]),
    [
      [KEY.shift, 0],
      [0xfe20, SHIFT],
      [KEY.left, SHIFT],
    ],
  );
});

for (const layout of ['us', 'de', 'ru']) {
  test(`CapsLock on the device changes nothing of the text on ${layout}, and stays on`, async () => {
    await setLayout(server.display, layout);
    tap(KEY.caps, 'CapsLock');
    await until(async () => (await reporter.state()).lockedMods === LOCK, 'CapsLock on');
    reporter.clear();
    sink.text(`${TEXT}Éá`);
    await assertText(`${TEXT}Éá`);
    assert.equal((await reporter.state()).lockedMods, LOCK);
    tap(KEY.caps, 'CapsLock');
    await until(async () => (await reporter.state()).lockedMods === 0, 'CapsLock off');
  });
}

test('keypad digits are digits with NumLock off and on', async () => {
  tap(0xffb7, 'Numpad7');
  tap(KEY.numLock, 'NumLock');
  tap(0xffb7, 'Numpad7');
  tap(KEY.numLock, 'NumLock');
  await assertText('77');
});

test('layouts that change while typing are followed', async () => {
  for (const layout of ['de', 'ru', 'fr', 'us', 'us,ru']) {
    await setLayout(server.display, layout);
    sink.text('zß漢я');
    await assertText('zß漢я');
    reporter.clear();
  }
});

test('the second group in force is respected, and in force again afterwards', async () => {
  await setLayout(server.display, 'us,ru');
  const xkb = await reporter.connection.extension('xkb');
  xkb.LatchLockState(0x100, 0, 0, true, 1, 0, 0, false, 0);
  await reporter.settle();
  sink.text('cяc');
  await assertText('cяc');
  assert.equal((await reporter.state()).group, 1);
});

test('a modifier that another client holds does not spoil the text', async () => {
  const test = await reporter.connection.extension('xtest');
  test.FakeInput(2, 50, 0, 0, 0, 0);
  await reporter.settle();
  sink.text('a1é');
  await assertText('a1é');
  test.FakeInput(3, 50, 0, 0, 0, 0);
  await reporter.settle();
});

test('a held key does not repeat by itself, and repeats as often as the viewer says', async () => {
  sink.key(true, 0x61, 'KeyA');
  await sleep(900);
  await reporter.settle();
  assert.equal(reporter.text(), 'a');
  for (let count = 0; count < 5; count++) sink.key(true, 0x61, 'KeyA');
  await assertText('aaaaaa');
  sink.key(true, 0x41, 'KeyA');
  sink.key(false, 0x61, 'KeyA');
  await assertText('aaaaaaA');
  await until(async () => (await keysDown()) === 0, 'all keys up');
});

test('the repeating of a real keyboard stays as it is', async () => {
  const xkb = await reporter.connection.extension('xkb');
  const input = await reporter.connection.extension('xinput');
  const devices = await reporter.connection.ask<{ deviceId: number; name: string }[]>((reply) =>
    input.XIQueryDevice(0, reply),
  );
  const real = devices.find(({ name }) => name === 'Xvfb keyboard');
  assert.ok(real);
  const controls = await reporter.connection.ask<{ enabledControls: number }>((reply) =>
    xkb.GetControls(real.deviceId, reply),
  );
  assert.equal(controls.enabledControls & 1, 1);
});

test('the server repeats held keys again after the sink closed', async () => {
  sink.text('x');
  sink.close();
  await sink.closed;
  reporter.clear();
  const test = await reporter.connection.extension('xtest');
  test.FakeInput(2, 38, 0, 0, 0, 0);
  await until(() => reporter.text().length > 2, 'repeats');
  test.FakeInput(3, 38, 0, 0, 0, 0);
  await reporter.settle();
});

test('releaseAll lets go of every key and button, and spare keycodes are empty again', async () => {
  const before = await mapNow();
  sink.key(true, 0x0100_6f22, 'KeyK');
  sink.key(true, KEY.control, 'ControlLeft');
  sink.button(0, true);
  sink.button(4, true);
  await until(() => reporter.events.length >= 4, 'all down');
  assert.ok((await mapNow()) !== before, 'a keycode is bound');
  sink.releaseAll();
  await until(async () => (await keysDown()) === 0, 'all keys up');
  const buttonEvents = () => reporter.events.filter((event) => event.type === 'button');
  await until(() => buttonEvents().length === 4, 'the buttons up');
  const buttons = buttonEvents();
  assert.deepEqual(
    buttons.map((event) => event.type === 'button' && [event.button, event.down]),
    [
      [1, true],
      [9, true],
      [1, false],
      [9, false],
    ],
  );
  await until(async () => (await mapNow()) === before, 'the map is as it was');
});

test('closing in the middle of a long text cuts it, lets go of everything and restores the map', async () => {
  const before = await mapNow();
  sink.key(true, KEY.shift, 'ShiftLeft');
  sink.text('漢'.repeat(50) + Array.from({ length: 500 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(''));
  await until(() => reporter.text().length > 3, 'some text');
  sink.close();
  sink.close();
  sink.text('never');
  assert.match(await sink.closed, /closed/);
  await reporter.settle();
  assert.ok(!reporter.text().includes('never'));
  assert.equal(await keysDown(), 0);
  assert.ok((await mapNow()) === before, 'the map is as it was');
});

test('what a killed process left, keys held and keycodes bound, is put right by the next start', async () => {
  sink.close();
  await sink.closed;
  const before = await mapNow();
  reporter.clear();
  const script = fileURLToPath(new URL('../../../../../../tests/support/x11/typist.ts', import.meta.url));
  const typist = spawn(process.execPath, [script, server.display], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(typist.stdout, 'data');
  typist.kill('SIGKILL');
  await once(typist, 'exit');
  await reporter.settle();
  assert.equal(reporter.text(), '漢字a');
  assert.equal(await keysDown(), 1, 'the server keeps the key of a killed client down');
  assert.ok((await mapNow()) !== before, 'a keycode is bound');
  sink = await openX11Input(server.display);
  await reporter.settle();
  assert.equal(await keysDown(), 0);
  assert.ok((await mapNow()) === before, 'the map is as it was');
  const last = reporter.events.filter((event) => event.type === 'button').at(-1);
  assert.deepEqual(last?.type === 'button' && [last.button, last.down], [1, false]);
});

test('two sinks at once leave each other alone', async () => {
  const other = await openX11Input(server.display);
  sink.text('漢');
  await assertText('漢');
  other.text('字');
  await assertText('漢字');
  other.close();
  await other.closed;
  sink.text('漢');
  await assertText('漢字漢');
});

test('pointer, all buttons and the wheel arrive, in order with keys', async () => {
  sink.move(100, 120);
  sink.key(true, KEY.control, 'ControlLeft');
  for (let button = 0; button <= 4; button++) {
    sink.button(button, true);
    sink.button(button, false);
  }
  sink.key(false, KEY.control, 'ControlLeft');
  sink.wheel(0, 60);
  sink.wheel(0, 60);
  sink.wheel(-120, -240);
  sink.move(-50, 999_999);
  await until(() => reporter.events.at(-1)?.type === 'motion' && reporter.events.length > 15, 'everything');
  const brief = reporter.events.map((event) => {
    if (event.type === 'key') return event.down ? 'ctrl' : '/ctrl';
    if (event.type === 'motion') return `${event.x},${event.y}`;
    return `${event.down ? '' : '/'}${event.button}`;
  });
  const clicks = [1, 2, 3, 8, 9].flatMap((button) => [`${button}`, `/${button}`]);
  const wheel = [5, 4, 4, 6].flatMap((button) => [`${button}`, `/${button}`]);
  assert.deepEqual(brief, ['100,120', 'ctrl', ...clicks, '/ctrl', ...wheel, '0,599']);
});

test('senseless input is ignored', async () => {
  sink.button(7, true);
  sink.button(-1, true);
  sink.button(0, false);
  sink.key(true, 0, '');
  sink.key(true, 0, 'NoSuchKey');
  sink.key(false, 0x61, 'KeyA');
  sink.key(true, 0xffff_ffff, 'constructor');
  sink.move(Number.NaN, Number.POSITIVE_INFINITY);
  for (let index = 0; index < 300; index++) sink.key(true, 0x61 + (index % 26), `Odd${index}`);
  sink.releaseAll();
  sink.text('ok');
  await until(() => reporter.text().endsWith('ok'), 'the text after it');
  assert.ok(reporter.events.every((event) => event.type !== 'button'));
  await until(async () => (await keysDown()) === 0, 'all keys up');
});

test('a display that goes away closes the sink with a reason, and nothing throws', async () => {
  const own = await startXvfb({ width: 320, height: 200 });
  const lone = await openX11Input(own.display);
  lone.key(true, 0x61, 'KeyA');
  await own.kill();
  assert.match(await lone.closed, /display/);
  lone.text('漢');
  lone.move(1, 1);
  lone.releaseAll();
  lone.close();
  await assert.rejects(openX11Input(own.display), { code: 'display.missing' });
});
