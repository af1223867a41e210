import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { POWER_ACTIONS, PortholeError, type PowerAction } from '@porthole/protocol';
import type { NamedProcess, PowerBackend } from '../backend.ts';
import { type Argv, chooseArgv, type PowerTable } from './powerTable.ts';
import type { ProcessEnder } from './processEnder.ts';

/** How long the system may take to agree, in ms. */
const PATIENCE_MS = 8_000;
/** Programs that only talk to this service, whatever name they are called by; without it they can do nothing. */
const OF_SYSTEMD = new Set(['systemctl', 'loginctl']);
const SYSTEMD = '/run/systemd/system';

export interface SystemPowerOptions {
  table: PowerTable;
  ender: ProcessEnder;
  /** All that the programs have of an environment. */
  environment: Record<string, string>;
}

/** Runs what stands in a table, and nothing else; no shell takes part, and nothing that anybody says is an argument. */
export class SystemPower implements PowerBackend {
  readonly #options: SystemPowerOptions;

  constructor(options: SystemPowerOptions) {
    this.#options = options;
  }

  available(): PowerAction[] {
    const { table } = this.#options;
    return POWER_ACTIONS.filter((action) => table[action].some(([program]) => isThere(program)));
  }

  async act(action: PowerAction): Promise<void> {
    const { table, environment } = this.#options;
    await run(chooseArgv(table, action, isThere), environment);
  }

  async end(process: NamedProcess, how: { kill: boolean; self: boolean }): Promise<void> {
    await this.#options.ender.end(process, how);
  }
}

function isThere(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return !OF_SYSTEMD.has(basename(realpathSync(program))) || existsSync(SYSTEMD);
  } catch {
    return false;
  }
}

/** Resolves when the program says that it is done. One that still thinks after a while counts as failed, but is let think. */
function run([file, ...args]: Argv, env: Record<string, string>): Promise<void> {
  const done = Promise.withResolvers<void>();
  const child = spawn(file, args, { stdio: 'ignore', detached: true, env });
  const timer = setTimeout(() => done.reject(new PortholeError('power.failed')), PATIENCE_MS);
  child.on('error', () => done.reject(new PortholeError('power.failed')));
  child.on('exit', (status) => {
    if (status === 0) done.resolve();
    else done.reject(new PortholeError('power.failed'));
  });
  child.unref();
  return done.promise.finally(() => clearTimeout(timer));
}
