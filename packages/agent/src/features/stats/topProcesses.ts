import type { TopProcess } from '@porthole/protocol';
import type { ProcessLoad } from './backend.ts';

/** Of each kind. */
const MOST = 3;
/** Below this many cores nobody calls a process busy. */
const BUSY = 0.005;
const MAX_NAME = 64;

/** The busiest, then the largest that are not among them; the order is by what they use. */
export function topProcesses(loads: readonly ProcessLoad[]): TopProcess[] {
  const busy = largest(loads, 'cpu').filter(({ cpu }) => cpu >= BUSY);
  const large = largest(loads, 'memory').filter((load) => load.memory > 0 && !busy.includes(load));
  return [...busy, ...large].map(({ pid, name, cpu, memory }) => ({
    pid,
    name: name.slice(0, MAX_NAME),
    cpu: Math.round(cpu * 1_000) / 1_000,
    memory,
  }));
}

function largest(loads: readonly ProcessLoad[], key: 'cpu' | 'memory'): ProcessLoad[] {
  return loads.toSorted((a, b) => b[key] - a[key]).slice(0, MOST);
}
