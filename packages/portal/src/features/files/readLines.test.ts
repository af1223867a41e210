import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PortholeError } from '@porthole/protocol';
import { readLines } from './readLines.ts';

/** An answer whose bytes come one at a time. */
function answer(text: string): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  return new Response(body);
}

async function code(text: string): Promise<string> {
  const error = await readLines(answer(text), () => undefined).catch((reason: unknown) => reason);
  return error instanceof PortholeError ? error.code : 'none';
}

test('items are told as they come, and the end is the result', async () => {
  const items: unknown[] = [];
  const done = await readLines(answer('{"item":1}\n{"item":"ü"}\n{"done":{"n":2}}\n'), (item) => items.push(item));
  assert.deepEqual([items, done], [[1, 'ü'], { n: 2 }]);
});

test('the last line may lack its end', async () => {
  assert.deepEqual(await readLines(answer('{"done":null}'), () => undefined), null);
});

test('a failure keeps its code', async () => {
  assert.equal(await code('{"item":1}\n{"error":{"code":"file.denied","message":"no"}}\n'), 'file.denied');
});

test('an answer that stops short, or is nonsense, is a failure and never a result', async () => {
  for (const text of [
    '',
    '{"item":1}\n',
    '{"item":1}\n{"do',
    'nonsense\n',
    '[]\n',
    '1\n',
    '{"error":{"code":"?"}}\n',
  ]) {
    assert.equal(await code(text), 'internal', text);
  }
});
