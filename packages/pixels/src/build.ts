import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileModule } from './compileModule.ts';

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
    compileModule(SOURCES, ['index.ts', '--outFile', fresh, ...OPTIONS]);
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
