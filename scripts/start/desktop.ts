import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebian } from '../lib/debian.mjs';
import { Refusal } from '../lib/refusal.mjs';
import { Child } from './child.ts';
import { localAuthority } from './xauthority.ts';

const PACKAGES = ['xvfb', 'openbox', 'xterm', 'xkb-data', 'x11-xkb-utils', 'fonts-dejavu-core'];
const SIZE = '1920x1080';

/** A display that exists only in memory, with a window manager and a terminal on it. */
export interface Desktop {
  /** DISPLAY and XAUTHORITY for the programs that shall use it. */
  readonly env: { DISPLAY: string; XAUTHORITY: string };
  close(): Promise<void>;
}

/** True when this session has no screen to share. */
export function needsDesktop(env: NodeJS.ProcessEnv): boolean {
  return !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/**
 * Brings up the virtual desktop, installing what it takes when it can. Undefined, after one line on stderr saying
 * why, when it cannot. `folder` takes the key to the display, readable by its owner only.
 */
export async function openDesktop(folder: string): Promise<Desktop | undefined> {
  try {
    if (!PROGRAMS.every((path) => existsSync(path))) ensureDebian(PACKAGES, 'A virtual desktop');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`No display here, so this machine's screen will be missing. ${error.message}\n`);
    return undefined;
  }
  return await startDesktop(folder);
}

const PROGRAMS = ['/usr/bin/Xvfb', '/usr/bin/openbox', '/usr/bin/xterm', '/usr/bin/xkbcomp'];

async function startDesktop(folder: string): Promise<Desktop | undefined> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = join(folder, 'display.key');
  // Without a key, every local user could see and use the display.
  writeFileSync(authority, localAuthority(randomBytes(16)), { mode: 0o600 });
  const shown = Promise.withResolvers<string>();
  const server = new Child({
    file: 'Xvfb',
    args: ['-displayfd', '1', '-screen', '0', `${SIZE}x24`, '-nolisten', 'tcp', '-noreset', '-auth', authority],
    quiet: true,
    onLine: (line) => shown.resolve(`:${line.trim()}`),
  });
  const display = await Promise.race([shown.promise, server.exited.then(() => undefined)]);
  if (!display) {
    process.stderr.write('No display here, and the virtual one did not start.\n');
    return undefined;
  }
  const env = { DISPLAY: display, XAUTHORITY: authority };
  const open = (file: string, args: string[]) => new Child({ file, args, env, quiet: true });
  const clients = [open('openbox', []), open('xterm', TERMINAL)];
  process.stderr.write(`No display here: sharing a virtual desktop (${SIZE}) instead.\n`);
  return {
    env,
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await server.close();
      rmSync(authority, { force: true });
    },
  };
}

const TERMINAL = ['-fa', 'DejaVu Sans Mono', '-fs', '12', '-geometry', '100x30+60+60', '-title', 'Terminal'];
