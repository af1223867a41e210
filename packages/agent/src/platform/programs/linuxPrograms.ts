import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { Account } from './account.ts';
import { FamilyEnder } from './familyEnder.ts';
import { readProcess, readProcesses, ticksAt } from './processTable.ts';
import type { Ending, Foreground } from './programs.ts';
import { UnixPrograms } from './unixPrograms.ts';

/** Longest command line that is told, in characters. */
const MAX_COMMAND = 256;

/** Programs on Linux: everything is told by `/proc`, and `setpriv` takes another account on. */
export class LinuxPrograms extends UnixPrograms {
  readonly #ender = new FamilyEnder({ read: readProcesses, startedBy: ticksAt });

  foreground(leader: number): Foreground | undefined {
    const group = readProcess(leader)?.foreground ?? -1;
    const pid = group > 0 ? group : leader;
    const command = commandOf(pid) ?? commandOf(leader);
    if (command === undefined) return undefined;
    return { command, folder: folderOf(pid) ?? folderOf(leader) };
  }

  end(leader: number, ending: Ending): Promise<void> {
    return this.#ender.end(leader, ending);
  }

  protected become(account: Account, argv: readonly string[]): string[] {
    return ['/usr/bin/setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--init-groups', '--', ...argv];
  }
}

function commandOf(pid: number): string | undefined {
  try {
    const [program = '', ...rest] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').slice(0, 4096).split('\0');
    // A log-in shell calls itself `-bash`.
    return [basename(program).replace(/^-/, ''), ...rest].join(' ').trim().slice(0, MAX_COMMAND);
  } catch {
    return undefined;
  }
}

function folderOf(pid: number): string | undefined {
  try {
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    return folder.endsWith(' (deleted)') ? undefined : folder;
  } catch {
    return undefined;
  }
}
