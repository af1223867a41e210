import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { familyOf, type ProcessRow } from './processTable.ts';
import type { Ending, Foreground } from './programs.ts';
import { UnixPrograms } from './unixPrograms.ts';

const run = promisify(execFile);
const LOOK_MS = 100;
const KILL_MS = 2_000;

/** Programs on macOS, which tells of processes by `ps` alone; too slow to ask for what is in front of a terminal. */
export class MacPrograms extends UnixPrograms {
  foreground(): Foreground | undefined {
    return undefined;
  }

  async end(leader: number, { signal, graceMs }: Ending): Promise<void> {
    const known = new Set<number>([leader]);
    const start = performance.now();
    for (let isFirst = true; ; isFirst = false) {
      const table = await processes();
      for (const pid of [...known]) for (const row of familyOf(pid, table)) known.add(row.pid);
      const living = table.filter(({ pid }) => known.has(pid));
      const since = performance.now() - start;
      if (living.length === 0 || since > graceMs + KILL_MS) return;
      if (isFirst || since > graceMs) for (const { pid } of living) send(pid, isFirst ? signal : 'SIGKILL');
      await sleep(LOOK_MS);
    }
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

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself, or is not ours to end.
    return;
  }
}
