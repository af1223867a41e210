import assert from 'node:assert/strict';
import { test } from 'node:test';
import { description } from '@porthole/protocol';
import { describeSystem, detectPlatform, parsePrettyName } from './detect.ts';

test('the fake display needs no system', async () => {
  const platform = detectPlatform('fake');
  assert.equal(platform.display, 'fake');
  const input = await platform.openInput(platform.display);
  input.close();
  assert.equal(await input.closed, 'The input was closed.');
});

test('a named display goes before the one of the environment', (context) => {
  const before = process.env.DISPLAY;
  context.after(() => {
    if (before === undefined) delete process.env.DISPLAY;
    else process.env.DISPLAY = before;
  });
  process.env.DISPLAY = ':7';
  assert.equal(detectPlatform(':8').display, ':8');
  assert.equal(detectPlatform(undefined).display, ':7');
  delete process.env.DISPLAY;
  const none = detectPlatform(undefined);
  assert.equal(none.display, '');
});

test('without a display the openers say what to do', async (context) => {
  const before = process.env.DISPLAY;
  context.after(() => {
    if (before !== undefined) process.env.DISPLAY = before;
  });
  delete process.env.DISPLAY;
  await assert.rejects(detectPlatform(undefined).openInput(''), { code: 'display.missing', message: /--display :0/ });
});

test('the description fits the protocol', () => {
  assert.deepEqual(description.parse(describeSystem()), describeSystem());
  assert.notEqual(describeSystem().system, '');
});

test('the pretty name is read with or without quotes', () => {
  assert.equal(
    parsePrettyName('NAME=x\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'),
    'Debian GNU/Linux 12 (bookworm)',
  );
  assert.equal(parsePrettyName("PRETTY_NAME='Alpine'"), 'Alpine');
  assert.equal(parsePrettyName('PRETTY_NAME=Void'), 'Void');
  assert.equal(parsePrettyName('NAME=x'), undefined);
});
