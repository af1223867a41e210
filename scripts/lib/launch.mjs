import { spawn } from 'node:child_process';
import process from 'node:process';
import { ensureInstalled, ROOT } from './install.mjs';

/** How long processes get between SIGTERM and SIGKILL, in ms. */
const GRACE_MS = 3_000;
/** A stopping script has this long to end its own children in order, in ms. */
const STOP_MS = 20_000;

/**
 * Runs a TypeScript program of the checkout on the project's Node and ends with its status. The two watch each other
 * through an IPC channel: the program stops when this process is gone, and tells us the process groups it starts
 * (`{started: pid}`, `{ended: pid}`), so that we end those if it is killed. Nothing is orphaned unless both are killed at once.
 *
 * @param {string} program path below the checkout
 * @param {readonly string[]} args
 */
export function launch(program, args) {
  const node = ensureInstalled();
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  const groups = trackGroups(child);
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop);
  const watch = watchParent(stop);
  child.on('exit', (code) => {
    clearInterval(watch);
    process.exitCode = code ?? 1;
    endGroups(groups);
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function trackGroups(child) {
  /** @type {Set<number>} */
  const groups = new Set();
  child.on('message', (message) => {
    if (message === null || typeof message !== 'object') return;
    if ('started' in message) groups.add(Number(message.started));
    if ('ended' in message) groups.delete(Number(message.ended));
  });
  return groups;
}

/**
 * npm killed with SIGKILL cannot pass that on; then this process gets another parent.
 *
 * @param {() => void} stop
 */
function watchParent(stop) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return undefined;
  return setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1_000).unref();
}

/** @param {Set<number>} groups */
function endGroups(groups) {
  if (groups.size === 0) return;
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  setTimeout(() => {
    for (const pid of groups) signalGroup(pid, 'SIGKILL');
  }, GRACE_MS);
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
