import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Refusal } from './refusal.mjs';

/** The top folder of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const NODE_MAJOR = 24;

/**
 * Makes `node_modules` match `package-lock.json` and finds a Node that runs the project's TypeScript.
 * Runs on any Node >= 20, before anything is installed. Throws `Refusal` with one sentence for the person.
 *
 * @param {string} [root] top folder of the checkout
 * @returns {string} path of the Node binary to run `.ts` files with
 */
export function ensureInstalled(root = ROOT) {
  if (!isInstalled(root)) installPackages(root);
  return findNode(root);
}

/**
 * True when every package of the lock file stands in `node_modules` in the locked version. Compared by content, since
 * a fresh checkout gives the lock file any time stamp. Optional packages may be absent (other systems' binaries).
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  return matchesLock(wanted, readPackages(hidden)) && hasLinks(root, wanted);
}

/**
 * Whether every package of our own stands where imports look for it.
 *
 * @param {string} root
 * @param {Packages} wanted
 */
export function hasLinks(root, wanted) {
  return Object.entries(wanted).every(([path, { link }]) => !link || existsSync(join(root, path)));
}

/**
 * @typedef {Record<string, { version?: string, link?: boolean, optional?: boolean, peer?: boolean }>} Packages
 *
 * @param {Packages} wanted
 * @param {Packages} present
 */
export function matchesLock(wanted, present) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true;
    const found = present[path];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/** @param {string} path @returns {Packages} */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/**
 * `npm ci` refuses a lock file that leaves out other systems' optional packages, as it is written where the registry has
 * only some of them; `npm install` takes the same versions from it and does not mind.
 *
 * @param {string} root
 */
function installPackages(root) {
  process.stderr.write('Installing packages…\n');
  let done = npm(root, ['ci']);
  if (done.status !== 0 && done.stderr.includes('EUSAGE')) done = npm(root, ['install', '--no-save']);
  if (done.error) throw new Refusal(`npm could not be started: ${done.error.message}`);
  const lines = `${done.stdout}${done.stderr}`.trim().split('\n');
  if (done.status !== 0) throw new Refusal(`The packages could not be installed:\n${lines.slice(0, 12).join('\n')}`);
}

/** @param {string} root @param {string[]} args */
function npm(root, args) {
  // npm tells its children where it is; a bare `node scripts/…` has to look for it.
  const path = process.env.npm_execpath;
  const [file, first] = path?.endsWith('.js') ? [process.execPath, [path]] : ['npm', []];
  // No package needs its install script here, and one of them would fetch a program from outside.
  return spawnSync(file, [...first, ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @param {string} root */
function findNode(root) {
  const own = join(root, 'node_modules', '.bin', 'node');
  if (!existsSync(own)) linkNode(join(root, 'node_modules'));
  if (existsSync(own) && majorOf(spawnSync(own, ['--version'], { encoding: 'utf8' }).stdout) >= NODE_MAJOR) return own;
  if (majorOf(process.version) >= NODE_MAJOR) return process.execPath;
  throw new Refusal(
    `Porthole needs Node ${NODE_MAJOR} and npm has none for this system (${process.platform} ${process.arch}); ` +
      `this is Node ${process.version}. Please install Node ${NODE_MAJOR} or newer.`,
  );
}

/**
 * npm before 11 installs Node but leaves out the link, since several systems' packages claim the name. Everything else
 * that looks for Node in `.bin`, such as the command `porthole`, finds it then too.
 *
 * @param {string} modules
 */
function linkNode(modules) {
  const name = readdirSync(modules).find(
    (each) => each.startsWith('node-') && each.endsWith(`${process.platform}-${process.arch}`),
  );
  if (name && existsSync(join(modules, name, 'bin', 'node'))) {
    symlinkSync(join('..', name, 'bin', 'node'), join(modules, '.bin', 'node'));
  }
}

/** @param {string | null} version such as `v24.1.0` */
function majorOf(version) {
  return Number.parseInt(version?.replace(/^v/, '') ?? '', 10) || 0;
}
