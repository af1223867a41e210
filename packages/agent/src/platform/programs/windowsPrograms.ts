import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PortholeError } from '@porthole/protocol';
import type { Account } from './account.ts';
import { pick } from './environment.ts';
import type { Foreground, Launch, ProgramPolicy, Programs } from './programs.ts';

/** What programs on Windows cannot do without. */
const NEEDED = [
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'PATH',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'PSModulePath',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
];

/** Programs on Windows: PowerShell and cmd, as the account of the agent. */
export class WindowsPrograms implements Programs {
  readonly #policy: ProgramPolicy;
  readonly #own: NodeJS.ProcessEnv;

  constructor(policy: ProgramPolicy, own: NodeJS.ProcessEnv) {
    this.#policy = policy;
    this.#own = own;
  }

  account(): Account {
    const { username } = userInfo();
    const { account } = this.#policy;
    if (account !== undefined && account.toLowerCase() !== username.toLowerCase()) {
      throw new PortholeError('terminal.account');
    }
    return { name: username, home: homedir(), shell: this.#usual()[0] ?? '' };
  }

  shells(): string[] {
    return (this.#policy.shells ?? this.#usual()).filter((path) => existsSync(path));
  }

  shell(path: string | undefined, folder: string | undefined): Launch {
    const shells = this.shells();
    const shell = path ?? shells[0];
    if (shell === undefined || !shells.includes(shell)) throw new PortholeError('terminal.no-shell');
    const launch = this.program([shell], folder);
    return { ...launch, environment: { ...launch.environment, SHELL: shell } };
  }

  program([file, ...args]: readonly [string, ...string[]], folder: string | undefined): Launch {
    const { name, home } = this.account();
    const environment = { ...pick(this.#own, NEEDED), USERNAME: name };
    return { file, args, folder: folder !== undefined && existsSync(folder) ? folder : home, environment };
  }

  foreground(): Foreground | undefined {
    return undefined;
  }

  /** There are no signals: the whole tree is ended at once. */
  async end(leader: number): Promise<void> {
    const program = join(this.#own.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    await new Promise<void>((resolve) => {
      execFile(program, ['/PID', String(leader), '/T', '/F'], () => resolve());
    });
  }

  #usual(): string[] {
    const system = join(this.#own.SystemRoot ?? 'C:\\Windows', 'System32');
    return [
      join(this.#own.ProgramFiles ?? 'C:\\Program Files', 'PowerShell', '7', 'pwsh.exe'),
      join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
      join(system, 'cmd.exe'),
    ].filter((path) => existsSync(path));
  }
}
