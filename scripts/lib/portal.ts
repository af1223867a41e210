import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';
import { buildPixels } from './pixels.ts';
import { Refusal } from './refusal.mjs';

const PORTAL = join(ROOT, 'packages', 'portal');
const DIST = join(PORTAL, 'dist');
const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  '../protocol/src',
  '../pixels/src',
  '../pixels/build',
];

/**
 * Builds the portal, and before it the pixel kernel that it carries, when a source is newer than what was built. A running hub never meets a half-written folder: the
 * build goes beside `dist` and takes its place by rename. Throws `Refusal` with what the build said.
 */
export function buildPortal(): void {
  buildPixels();
  if (isFresh(newestOf(SOURCES.map((path) => join(PORTAL, path))), join(DIST, 'index.html'))) return;
  const fresh = join(PORTAL, `.build-${process.pid}`);
  const old = `${fresh}-old`;
  try {
    runVite(fresh);
    if (existsSync(DIST)) renameSync(DIST, old);
    renameSync(fresh, DIST);
  } finally {
    for (const path of [fresh, old]) rmSync(path, { recursive: true, force: true });
  }
}

function runVite(outDir: string): void {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  const env = { ...process.env, NO_COLOR: '1' };
  const done = spawnSync(process.execPath, args, { cwd: PORTAL, encoding: 'utf8', env });
  if (done.status !== 0) throw new Refusal(`The portal could not be built:\n${done.stdout}${done.stderr}`.trim());
}

function isFresh(newestSource: number, built: string): boolean {
  return existsSync(built) && statSync(built).mtimeMs >= newestSource;
}

/** Newest modification time (ms) of the files and folders; folders count too, since a removal changes only them. */
function newestOf(paths: string[]): number {
  return paths.filter(existsSync).reduce((newest, path) => Math.max(newest, newestIn(path)), 0);
}

function newestIn(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, newestOf(readdirSync(path).map((name) => join(path, name))));
}
