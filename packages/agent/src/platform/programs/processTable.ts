import { readdirSync, readFileSync } from 'node:fs';
import { TICKS } from '../bootTime.ts';

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

/** All that its `stat` tells which anybody asks for. */
export interface ProcessStat extends ProcessRow {
  /** Cut to 15 bytes by the system. */
  name: string;
  /** A letter: R runs, S sleeps, D waits for a drive, T is stopped, Z is dead, I is an idle part of the kernel. */
  state: string;
  /** Clock ticks of CPU that it has used itself. */
  ticks: number;
  /** Memory that it holds, in pages. */
  pages: number;
}

/** Reads a line of `/proc/PID/stat`; the name in it may hold anything, blanks and brackets too. */
export function parseStat(text: string): ProcessStat | undefined {
  const nameEnd = text.lastIndexOf(')');
  const fields = text.slice(nameEnd + 2).split(' ');
  const [state = '', parent, group, session, , foreground] = fields;
  const row = {
    pid: Number.parseInt(text, 10),
    name: text.slice(text.indexOf('(') + 1, nameEnd),
    state,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    foreground: Number(foreground),
    startedAt: Number(fields[19]),
    ticks: Number(fields[11]) + Number(fields[12]),
    pages: Number(fields[21]),
    isDead: state === 'Z' || state === 'X',
  };
  return Number.isFinite(row.pid) && Number.isFinite(row.startedAt) ? row : undefined;
}

/** The process of that number; undefined when there is none. */
export function readProcess(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Numbers of all processes there are now. */
export function processNumbers(): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** All processes that live now. */
export function readProcesses(): ProcessRow[] {
  return processNumbers().flatMap((pid) => {
    const row = readProcess(pid);
    return row && !row.isDead ? [row] : [];
  });
}

/** That time (ms since 1970) in clock ticks since the system started. */
export function ticksAt(time: number): number {
  const uptime = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
  return Math.ceil((uptime - (Date.now() - time) / 1_000) * TICKS);
}
