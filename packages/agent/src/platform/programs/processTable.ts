import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks in a second, as Linux tells them to programs on every architecture. */
const TICKS = 100;

/** One process of Linux, as its `stat` tells. */
export interface ProcessRow {
  pid: number;
  parent: number;
  group: number;
  session: number;
  /** The process group in front of its terminal; -1 without one. */
  foreground: number;
  /** In clock ticks since the system started: with the pid it names one process for ever. */
  startedAt: number;
  /** It ended, and only waits for its parent to notice. */
  isDead: boolean;
}

/** Reads a line of `/proc/PID/stat`; the name in it may hold anything, blanks and brackets too. */
export function parseStat(text: string): ProcessRow | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', parent, group, session, , foreground] = fields;
  const row = {
    pid: Number.parseInt(text, 10),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    foreground: Number(foreground),
    startedAt: Number(fields[19]),
    isDead: state === 'Z' || state === 'X',
  };
  return Number.isFinite(row.pid) && Number.isFinite(row.startedAt) ? row : undefined;
}

/** The process of that number; undefined when there is none. */
export function readProcess(pid: number): ProcessRow | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** All processes that live now. */
export function readProcesses(): ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => {
    const row = /^\d+$/.test(name) ? readProcess(Number(name)) : undefined;
    return row && !row.isDead ? [row] : [];
  });
}

/** That time (ms since 1970) in clock ticks since the system started. */
export function ticksAt(time: number): number {
  const uptime = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
  return Math.ceil((uptime - (Date.now() - time) / 1_000) * TICKS);
}
