import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { FamilyEnder } from './familyEnder.ts';
import type { ProcessRow } from './processTable.ts';
import type { Ending, Foreground } from './programs.ts';
import { UnixPrograms } from './unixPrograms.ts';

const run = promisify(execFile);

/** Programs on macOS, which tells of processes by `ps` alone; too slow to ask for what is in front of a terminal. */
export class MacPrograms extends UnixPrograms {
  /** When a process began is not told. */
  readonly #ender = new FamilyEnder({ read: processes, startedBy: () => Number.POSITIVE_INFINITY });

  foreground(): Foreground | undefined {
    return undefined;
  }

  end(leader: number, ending: Ending): Promise<void> {
    return this.#ender.end(leader, ending);
  }

  /** There is no program of the system that takes an account on without asking for more. */
  protected become(_account: Account): undefined {
    return undefined;
  }
}

/** `ps` knows no session here: the process group stands in for it. */
async function processes(): Promise<ProcessRow[]> {
  const { stdout } = await run('/bin/ps', ['-axo', 'pid=,ppid=,pgid=,stat=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, state = ''] = line.trim().split(/\s+/);
    if (!pid || state.startsWith('Z')) return [];
    const numbers = { pid: Number(pid), parent: Number(parent), group: Number(group), session: Number(group) };
    return [{ ...numbers, foreground: -1, startedAt: 0, isDead: false }];
  });
}
