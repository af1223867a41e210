import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from '../../tests/support/program.ts';
import { forgetPeak, memoryOf } from './memory.ts';

const GROWS = `
  const held = Buffer.alloc(200e6, 1);
  process.stdout.write('large ' + held.length + '\\n');
  process.on('SIGTERM', () => process.exit());
  setInterval(() => undefined, 1000);
`;

test('the memory of a process is told in millions of bytes, and its peak begins anew when it is forgotten', async () => {
  await using program = new Program(process.execPath, ['-e', GROWS]);
  await program.printed(/^large/m);
  const now = memoryOf(program.pid);
  assert.ok(now > 200 && now < 400, `${now}`);
  assert.ok(memoryOf(program.pid, 'peak') >= now);
  forgetPeak(program.pid);
  assert.ok(memoryOf(program.pid, 'peak') < now + 20);
});

test('a process that is not there has no memory', () => {
  assert.throws(() => memoryOf(0x3fffff), /ENOENT/);
});
