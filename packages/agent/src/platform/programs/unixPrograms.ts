import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { PortholeError } from '@porthole/protocol';
import { type Account, accountIn } from './account.ts';
import { environmentFor } from './environment.ts';
import { loginArguments, shellsIn } from './loginArguments.ts';
import type { Ending, Foreground, Launch, ProgramPolicy, Programs } from './programs.ts';

const MAX_SHELLS = 64;
/** Enters a folder as the account that the program runs as, and becomes the program. */
const ENTER = 'cd -- "$0" 2>/dev/null || cd "$HOME" 2>/dev/null || cd /; exec "$@"';

/** What Linux and macOS have in common. The account that the owner names is taken on with `become`, where there is such a program. */
export abstract class UnixPrograms implements Programs {
  readonly #policy: ProgramPolicy;
  readonly #own: NodeJS.ProcessEnv;

  /** @param own the agent's environment. */
  constructor(policy: ProgramPolicy, own: NodeJS.ProcessEnv) {
    this.#policy = policy;
    this.#own = own;
  }

  abstract foreground(leader: number): Foreground | undefined;
  abstract end(leader: number, ending: Ending): Promise<void>;
  /** A command line that runs `argv` as `account`; undefined when that cannot be done here. */
  protected abstract become(account: Account, argv: readonly string[]): string[] | undefined;

  account(): Account {
    const { uid, username, homedir, shell } = userInfo();
    const passwd = readIfThere('/etc/passwd');
    const { account } = this.#policy;
    if (account === undefined || account === username) {
      return accountIn(passwd, uid) ?? { name: username, home: homedir, shell: shell ?? '/bin/sh' };
    }
    const named = accountIn(passwd, account);
    if (!named || uid !== 0) throw new PortholeError('terminal.account');
    return named;
  }

  shells(): string[] {
    const { shells } = this.#policy;
    const offered = shells ?? [this.account().shell, ...shellsIn(readIfThere('/etc/shells'))];
    const seen = new Set<string>();
    return offered
      .filter((path) => {
        // The same program by the same name, reached over another folder, is no choice.
        const name = isExecutable(path) && `${realpathSync(path)} ${basename(path)}`;
        return name && !seen.has(name) && seen.add(name);
      })
      .slice(0, MAX_SHELLS);
  }

  shell(path: string | undefined, folder: string | undefined): Launch {
    const shells = this.shells();
    const shell = path ?? shells[0];
    if (shell === undefined || !(shells.includes(shell) || this.#isOffered(shell))) {
      throw new PortholeError('terminal.no-shell');
    }
    const launch = this.program([shell, ...loginArguments(shell)], folder);
    return { ...launch, environment: { ...launch.environment, SHELL: shell } };
  }

  program(argv: readonly [string, ...string[]], folder: string | undefined): Launch {
    const account = this.account();
    const isOwn = account.name === userInfo().username;
    const environment = environmentFor(account, this.#own, isOwn);
    if (!isThere(argv[0], environment.PATH ?? '', folder ?? account.home))
      throw new PortholeError('command.unavailable');
    const entered = ['/bin/sh', '-c', ENTER, folder ?? account.home, ...argv];
    const [file, ...args] = (isOwn ? entered : this.become(account, entered)) ?? [];
    if (file === undefined) throw new PortholeError('terminal.account');
    return { file, args, folder: '/', environment };
  }

  /** Under another name of the same program, for instance below `/usr/bin`. */
  #isOffered(shell: string): boolean {
    const { shells } = this.#policy;
    return isExecutable(shell) && (shells ?? shellsIn(readIfThere('/etc/shells'))).includes(shell);
  }
}

/** A name without a folder is looked for on the path, any other from where the program is to run. */
function isThere(program: string, path: string, folder: string): boolean {
  if (program.includes('/')) return isExecutable(resolve(folder, program));
  return program !== '' && path.split(':').some((entry) => isExecutable(join(entry, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
