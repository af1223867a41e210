import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../testing/filesClient.ts';
import { Conversion } from './conversion.ts';

const code = (expected: string) => ({ code: expected });
const ALIVE = 'setInterval(() => undefined, 1000);';

/** A converter that does what the test says. */
function converter(t: TestContext, script: string, patience = { head: 20_000, bytes: 20_000 }): Conversion {
  const program = join(temporaryFolder(t), 'converter.mjs');
  writeFileSync(program, `import { readFileSync, writeSync } from 'node:fs';\n${script}`);
  const conversion = new Conversion(program, { kind: 'media', path: '/a' }, patience);
  t.after(() => conversion.close());
  return conversion;
}

test('the first line is the head, and what follows is content, however it was cut', async (t) => {
  const conversion = converter(t, `writeSync(1, '{"type":'); writeSync(1, '"a"}\\nfirst '); writeSync(1, 'second');`);
  assert.deepEqual(await conversion.head(), { type: 'a' });
  assert.equal((await buffer(conversion.content())).toString(), 'first second');
});

test('it is told what to do on its standard input', async (t) => {
  const conversion = converter(t, `writeSync(1, readFileSync(0)); writeSync(1, '\\n');`);
  assert.deepEqual(await conversion.head(), { kind: 'media', path: '/a' });
});

test('the way in which it ends says what became of the file', async (t) => {
  await assert.rejects(converter(t, 'process.exit(3);').head(), code('convert.unsupported'));
  await assert.rejects(converter(t, 'process.exit(1);').head(), code('convert.failed'));
  await assert.rejects(converter(t, 'process.abort();').head(), code('convert.failed'));
  await assert.rejects(converter(t, `writeSync(1, 'x'.repeat(100_000)); ${ALIVE}`).head(), code('convert.failed'));
  await assert.rejects(converter(t, `writeSync(1, 'no json\\n'); ${ALIVE}`).head(), code('convert.failed'));
  const later = converter(t, `writeSync(1, '{}\\nhalf'); process.kill(process.pid, 'SIGKILL');`);
  await later.head();
  await assert.rejects(buffer(later.content()), code('convert.failed'));
});

test('one that says nothing for too long is ended', async (t) => {
  await assert.rejects(converter(t, ALIVE, { head: 500, bytes: 500 }).head(), code('convert.failed'));
  const later = converter(t, `writeSync(1, '{}\\nhalf'); ${ALIVE}`, { head: 20_000, bytes: 500 });
  await later.head();
  await assert.rejects(buffer(later.content()), code('convert.failed'));
});
