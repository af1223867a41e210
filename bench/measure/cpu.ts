import { processTree } from '../../tests/support/processes.ts';

/** Clock ticks a second: USER_HZ, which is 100 on every Linux of today. */
const TICKS = 100;

/** CPU time that each named process and its living children have used so far, in seconds. */
export function cpuSeconds(processes: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, secondsOf(pid)]));
}

/** What each has used between two such readings, in seconds. */
export function cpuBetween(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]));
}

/** The sum over all processes, in seconds. */
export function totalOf(seconds: Record<string, number>): number {
  return Object.values(seconds).reduce((sum, each) => sum + each, 0);
}

function secondsOf(pid: number): number {
  return processTree(pid).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;
}
