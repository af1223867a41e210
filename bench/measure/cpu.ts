import { processTree } from '../../tests/support/processes.ts';

/** Clock ticks a second: USER_HZ, which is 100 on every Linux of today. */
const TICKS = 100;

/** CPU time that each named process and its living children have used so far, in seconds. */
export function cpuSeconds(processes: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, secondsOf(pid)]));
}

/** The sum over all named processes, in seconds. */
export function totalCpuSeconds(processes: Record<string, number>): number {
  return Object.values(cpuSeconds(processes)).reduce((sum, seconds) => sum + seconds, 0);
}

function secondsOf(pid: number): number {
  return processTree(pid).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;
}
