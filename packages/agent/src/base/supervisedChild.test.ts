import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SupervisedChild } from './supervisedChild.ts';

const PIPE = fileURLToPath(new URL('./framedPipe.ts', import.meta.url));
/** Answers everything that it is told, and ends when it is told so or when its pipe closes. */
const ECHO = `
import { Socket } from 'node:net';
import { FramedPipe } from ${JSON.stringify(PIPE)};
const stream = new Socket({ fd: 3 });
const pipe = new FramedPipe(stream, {
  control: (message) => (message === 'end' ? process.exit(7) : pipe.control([message, process.argv[2]])),
  data: (target, sync, bytes) => pipe.data(target, sync, bytes),
});
stream.on('close', () => process.exit(0));
`;

/** A supervised child and everything that it or its supervisor said. */
function supervise(t: TestContext, program = ECHO) {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-child-'));
  const file = join(folder, 'child.ts');
  writeFileSync(file, program);
  const log: unknown[] = [];
  const child: SupervisedChild<unknown, unknown> = new SupervisedChild<unknown, unknown>({
    program: file,
    args: ['given'],
    started: () => log.push('started'),
    died: (reason, retryMs) => log.push(['died', reason, retryMs]),
    control: (message) => log.push(message),
    data: (target, sync, bytes) => log.push([target, sync, ...bytes]),
  });
  t.after(() => {
    child.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const said = async (fits: () => boolean) => {
    const deadline = Date.now() + 15_000;
    while (!fits()) {
      assert.ok(Date.now() < deadline, `not said: ${JSON.stringify(log)}`);
      await sleep(20);
    }
  };
  return { child, log, said };
}

test('a child is started when needed, once, and talks over its pipe', async (t) => {
  const { child, log, said } = supervise(t);
  child.control('lost: there is no child yet');
  assert.equal(child.pid, undefined);
  child.start();
  child.start();
  child.control('hello');
  child.data(5, true, Uint8Array.of(1, 2));
  await said(() => log.length === 3);
  assert.deepEqual(log, ['started', ['hello', 'given'], [5, true, 1, 2]]);
});

test('a child that dies is started again: at once the first time, then more and more slowly', async (t) => {
  const { child, log, said } = supervise(t);
  child.start();
  child.control('end');
  await said(() => log.filter((entry) => entry === 'started').length === 2);
  process.kill(child.pid ?? 0, 'SIGKILL');
  await said(() => log.filter((entry) => entry === 'started').length === 3);
  child.control('hello');
  await said(() => log.some((entry) => Array.isArray(entry) && entry[0] === 'hello'));
  const deaths = log.filter((entry) => Array.isArray(entry) && entry[0] === 'died');
  assert.deepEqual(deaths, [
    ['died', 'exit status 7', 0],
    ['died', 'SIGKILL', 1_000],
  ]);
});

test('a child that is stopped stays so, even while it waited to be started again', async (t) => {
  const { child, log, said } = supervise(t, 'process.exit(3);');
  child.start();
  await said(() => log.filter((entry) => Array.isArray(entry)).length === 2);
  child.stop();
  child.stop();
  const before = log.length;
  await sleep(1_300);
  assert.deepEqual([log.length, child.pid], [before, undefined]);
  child.start();
  assert.equal(log.length, before + 1);
});
