import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = join(PACKAGE, 'assembly');
const BUILT = join(PACKAGE, 'build', 'pixels.wasm');
const OPTIONS = ['--enable', 'simd', '-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort='];

/**
 * The path of the compiled module, which is built first when a source is newer. The build goes beside the file and takes
 * its place by rename, so that several processes may do it at once. Throws with what the compiler said.
 */
export function buildPixels(): string {
  if (isFresh()) return BUILT;
  mkdirSync(join(PACKAGE, 'build'), { recursive: true });
  const fresh = join(PACKAGE, 'build', `.${process.pid}.wasm`);
  try {
    compile(fresh);
    renameSync(fresh, BUILT);
  } finally {
    rmSync(fresh, { force: true });
  }
  return BUILT;
}

/** The folder counts too, since a removal changes only that. */
function isFresh(): boolean {
  if (!existsSync(BUILT)) return false;
  const built = statSync(BUILT).mtimeMs;
  const sources = readdirSync(SOURCES).map((name) => join(SOURCES, name));
  return [SOURCES, ...sources].every((path) => statSync(path).mtimeMs <= built);
}

function compile(out: string): void {
  const compiler = fileURLToPath(import.meta.resolve('assemblyscript/bin/asc.js'));
  const args = [compiler, join(SOURCES, 'index.ts'), '--outFile', out, ...OPTIONS];
  const done = spawnSync(process.execPath, args, { cwd: SOURCES, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`The pixel kernel could not be built:\n${done.stdout}${done.stderr}`.trim());
}
