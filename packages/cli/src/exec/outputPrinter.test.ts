import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { OutputPrinter } from './outputPrinter.ts';

function printer(prefix?: (device: string) => string) {
  const streams = { stdout: new PassThrough({ highWaterMark: 100_000 }), stderr: new PassThrough() };
  return { streams, printer: new OutputPrinter({ prefix, streams }), text: () => String(streams.stdout.read() ?? '') };
}

test('lines of several devices stay whole, each behind a name', async () => {
  const { printer: out, text } = printer((device) => `${device}: `);
  await out.print('a', 'stdout', Buffer.from('one\ntw'));
  await out.print('b', 'stdout', Buffer.from('eins\n'));
  await out.print('a', 'stdout', Buffer.from('o\nend'));
  await out.end('a');
  await out.end('b');
  assert.equal(text(), 'a: one\nb: eins\na: two\na: end\n');
});

test('a line that never ends is broken', async () => {
  const { printer: out, text } = printer((device) => `${device}: `);
  await out.print('a', 'stdout', Buffer.alloc(70_000, 'x'));
  assert.equal(text().length, 70_000 + 4);
});

test('a reader that is gone is noticed, and does not hold anything up', async () => {
  const { printer: out, streams } = printer();
  streams.stdout.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' }));
  await new Promise((resolve) => setImmediate(resolve));
  await out.print('a', 'stdout', Buffer.alloc(1_000_000));
  assert.equal(out.isGone, true);
});
