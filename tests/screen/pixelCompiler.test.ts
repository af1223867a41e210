import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileModule } from '../../packages/pixels/src/compileModule.ts';
import { eventually } from '../support/eventually.ts';
import { groupMembers } from '../support/processes.ts';
import { TempDir } from '../support/tempDir.ts';

const SOURCES = fileURLToPath(new URL('../../packages/pixels/assembly', import.meta.url));
const MODULE = fileURLToPath(new URL('../../packages/pixels/src/compileModule.ts', import.meta.url));

test('a module is compiled, and what is wrong with one is said in the words of the compiler', () => {
  using folder = new TempDir();
  writeFileSync(join(folder.path, 'index.ts'), 'export function twice(n: i32): i32 { return n + n; }');
  compileModule(folder.path, ['index.ts', '--outFile', 'out.wasm', '--runtime', 'stub']);
  assert.ok(statSync(join(folder.path, 'out.wasm')).size > 8);
  writeFileSync(join(folder.path, 'index.ts'), 'export function twice(n: i32): i32 { return nothing; }');
  assert.throws(
    () => compileModule(folder.path, ['index.ts', '--outFile', 'other.wasm']),
    /Cannot find name 'nothing'/,
  );
  assert.throws(
    () => compileModule(join(folder.path, 'gone'), ['index.ts', '--outFile', 'other.wasm']),
    /not be built/,
  );
  assert.ok(!readdirSync(folder.path).includes('other.wasm'));
});

test('whoever is killed while the kernel is compiled leaves no compiler behind', async () => {
  using folder = new TempDir();
  const args = JSON.stringify(['index.ts', '--outFile', join(folder.path, 'out.wasm'), '--enable', 'simd', '-O3']);
  const script = `
    import { compileModule } from ${JSON.stringify(MODULE)};
    process.stdout.write('begun');
    for (;;) compileModule(${JSON.stringify(SOURCES)}, ${args});`;
  const program = spawn(process.execPath, ['--input-type=module', '-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const group = program.pid ?? 0;
  after(() => program.kill('SIGKILL'));
  await once(program.stdout, 'data');
  await eventually('it compiles', () => groupMembers(group).some(({ ticks }) => ticks > 30));
  program.kill('SIGTERM');
  await once(program, 'exit');
  await eventually('nothing is left of it', () => groupMembers(group).length === 0, 2_000);
});
