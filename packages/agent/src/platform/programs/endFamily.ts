import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, type ProcessRow, readProcesses } from './processTable.ts';
import type { Ending } from './programs.ts';

/** Clock ticks in a second, as Linux tells them to programs on every architecture. */
const TICKS = 100;
const LOOK_MS = 20;
/** What cannot be killed within this belongs to somebody else, or hangs in the kernel. */
const KILL_MS = 2_000;

/**
 * Ends a process, its session and all that they started: `signal` first, SIGKILL after the grace. Whoever was seen once is
 * followed, even when its parents are gone; who forks meanwhile is found at the next look.
 */
export async function endFamily(leader: number, { signal, graceMs, startedBefore }: Ending): Promise<void> {
  const known = new Map<number, ProcessRow>();
  const told = new Set<number>();
  const limit = startedBefore === undefined ? Number.POSITIVE_INFINITY : ticksAt(startedBefore);
  const start = performance.now();
  for (;;) {
    const living = look(leader, known, limit);
    const since = performance.now() - start;
    if (living.length === 0 || since > graceMs + KILL_MS) return;
    for (const { pid } of living) {
      if (since > graceMs) send(pid, 'SIGKILL');
      else if (!told.has(pid)) {
        told.add(pid);
        send(pid, signal);
        // A process that is stopped would hear of the signal only when somebody lets it go on.
        send(pid, 'SIGCONT');
      }
    }
    await sleep(LOOK_MS);
  }
}

/** Who of the family lives now; adds newcomers to `known`. */
function look(leader: number, known: Map<number, ProcessRow>, limit: number): ProcessRow[] {
  const table = readProcesses().filter((row) => row.startedAt <= limit);
  const isSame = (row: ProcessRow) => known.get(row.pid)?.startedAt === row.startedAt;
  const roots = [leader, ...table.filter(isSame).map((row) => row.pid)];
  const family = roots.flatMap((pid) => familyOf(pid, table));
  for (const row of family) known.set(row.pid, row);
  return table.filter(isSame);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself, or is not ours to end.
    return;
  }
}

function ticksAt(time: number): number {
  const uptime = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
  return Math.ceil((uptime - (Date.now() - time) / 1_000) * TICKS);
}
