import { statSync } from 'node:fs';
import { Accounts } from '../../../../platform/accounts.ts';
import type { ProcessStat } from '../../../../platform/programs/processTable.ts';
import type { SystemFiles } from './systemFiles.ts';

/** What does not change while a process lives, or hardly ever. */
export interface Details {
  name: string;
  command: string;
  user: string;
}

interface Known {
  details: Details;
  startedAt: number;
  /** As the system cut it. */
  short: string;
  /** It was young when it was looked at, and may have become another program since. */
  isEarly: boolean;
}

/** The system cuts names to this. */
const SHORT_NAME = 15;
const MAX_COMMAND = 512;
/** What a runtime calls its first thread says nothing of the program. */
const NAMELESS = new Set(['MainThread']);
/** The kernel starts its own parts by one of them: they have no command line, and change their names all the time. */
const KERNEL = 2;
/** A process younger than this, in clock ticks, may still be a copy of the one that started it. */
const EARLY_TICKS = 200;

/** Command line and user of processes: asked once for each, as a command line may make who asks for it wait. */
export class ProcessDetails {
  readonly #files: SystemFiles;
  readonly #accounts = new Accounts();
  #known = new Map<number, Known>();

  constructor(files: SystemFiles) {
    this.#files = files;
  }

  /** Of each of `rows`, by number, but for the kernel's own. @param uptime of the system, in clock ticks. */
  async of(rows: readonly ProcessStat[], uptime: number): Promise<ReadonlyMap<number, Details>> {
    await this.#accounts.refresh();
    const known = new Map<number, Known>();
    for (const row of rows) {
      if (row.pid === KERNEL || row.parent === KERNEL) continue;
      const before = this.#known.get(row.pid);
      const holds = before && isSame(before, row) && (!before.isEarly || isEarly(row, uptime));
      known.set(row.pid, holds ? before : await this.#look(row, uptime));
    }
    this.#known = known;
    return new Map([...known].map(([pid, { details }]) => [pid, details]));
  }

  async #look(row: ProcessStat, uptime: number): Promise<Known> {
    const text = (await this.#files.read(`proc/${row.pid}/cmdline`)) ?? '';
    const argv = text
      .slice(0, 4 * MAX_COMMAND)
      .replace(/\0+$/, '')
      .split('\0');
    const name = fullName(row.name, argv[0] ?? '');
    return {
      details: { name, command: argv.join(' ').slice(0, MAX_COMMAND), user: this.#userOf(row.pid) },
      startedAt: row.startedAt,
      short: row.name,
      isEarly: isEarly(row, uptime),
    };
  }

  #userOf(pid: number): string {
    try {
      return this.#accounts.user(statSync(`/proc/${pid}`).uid).slice(0, 256);
    } catch {
      return '';
    }
  }
}

function isSame(known: Known, row: ProcessStat): boolean {
  return known.startedAt === row.startedAt && known.short === row.name;
}

function isEarly(row: ProcessStat, uptime: number): boolean {
  return uptime - row.startedAt < EARLY_TICKS;
}

/** True for a name that the command line may better. */
export function isPoorName(name: string): boolean {
  return name.length === SHORT_NAME || NAMELESS.has(name);
}

/** The name in full where the system cut it, and the command line tells what was cut. */
export function fullName(short: string, program: string): string {
  const name = program.slice(program.lastIndexOf('/') + 1);
  const isBetter = name !== '' && (NAMELESS.has(short) || (short.length === SHORT_NAME && name.startsWith(short)));
  return (isBetter ? name : short).slice(0, 256);
}
