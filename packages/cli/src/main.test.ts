import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/porthole', import.meta.url));

function temporaryFolder(t: { after(work: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'porthole-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(bin: string, args: string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(bin, args, { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

test('help and version are told on stdout', () => {
  assert.match(run(BIN, ['--help']).stdout, /porthole agent --hub URL/);
  assert.match(run(BIN, ['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('an unknown or missing command is wrong usage', () => {
  for (const args of [[], ['frobnicate'], ['toString']]) {
    const { status, stdout, stderr } = run(BIN, args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^porthole: [^\n]+\n$/);
  }
});

test('the program is found through links, from any folder', (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'a b'));
  symlinkSync(BIN, join(folder, 'one'));
  symlinkSync('../one', join(folder, 'a b', 'two'));
  const { status, stdout } = spawnSync('./two', ['--version'], { cwd: join(folder, 'a b'), encoding: 'utf8' });
  assert.deepEqual([status, /^\d/.test(stdout)], [0, true]);
});

test('without a Node that is new enough one sentence says what to do', (t) => {
  const folder = temporaryFolder(t);
  const [home, path] = [join(folder, 'packages', 'cli', 'bin'), join(folder, 'path')];
  for (const made of [home, path]) mkdirSync(made, { recursive: true });
  const copy = join(home, 'porthole');
  spawnSync('cp', [BIN, copy]);
  writeFileSync(join(path, 'node'), '#!/bin/sh\necho 20\n', { mode: 0o755 });
  const { status, stderr } = run(copy, ['--version'], { PATH: `${path}:/usr/bin:/bin` });
  assert.equal(status, 1);
  assert.match(stderr, /^porthole: Node 24 or newer is needed[^\n]+\n$/);
});

test('signals hit the program itself', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'index.html'), '');
  const args = ['hub', '--data', join(folder, 'data'), '--listen', '127.0.0.1:0', '--portal', folder];
  const hub = spawn(BIN, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => hub.kill('SIGKILL'));
  await once(hub.stdout, 'data');
  hub.kill('SIGTERM');
  assert.deepEqual(await once(hub, 'exit'), [0, null]);
});
