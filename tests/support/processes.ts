import { readdirSync, readFileSync } from 'node:fs';

/** One process as /proc shows it (Linux). `ticks` is user plus system time, in clock ticks of 10 ms. */
export interface ProcessInfo {
  pid: number;
  parent: number;
  group: number;
  state: string;
  ticks: number;
  command: string;
}

/** All processes that run now; zombies are left out, since they are gone but for their status. */
export function listProcesses(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])
    .filter(({ state }) => state !== 'Z');
}

/** The process and all below it. */
export function processTree(root: number): ProcessInfo[] {
  const all = listProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  // The list grows while it is walked: children of children follow.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Members of a process group, such as what a program that should be gone has left behind. */
export function groupMembers(group: number): ProcessInfo[] {
  return listProcesses().filter((process) => process.group === group);
}

/** Sends a signal to a process and all below it, whoever of them is still there. */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  for (const { pid } of processTree(root)) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

function readProcess(pid: number): ProcessInfo | undefined {
  try {
    // The command's name stands in parentheses and may hold anything, so the fields are counted from the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const ticks = Number(rest[8]) + Number(rest[9]);
    return { pid, parent: Number(parent), group: Number(group), state, ticks, command };
  } catch (error) {
    // It ended between being listed and being read.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
