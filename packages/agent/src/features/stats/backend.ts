import { cpus, freemem, totalmem } from 'node:os';
import type { StatsSample } from '@porthole/protocol';

interface CpuTimes {
  busy: number;
  total: number;
}

/** Share of all cores that was busy between two readings, 0..1; 0 when no time passed. */
export function cpuShare(before: CpuTimes, now: CpuTimes): number {
  const total = now.total - before.total;
  if (total <= 0) return 0;
  return Math.min(1, Math.max(0, (now.busy - before.busy) / total));
}

/** Reads CPU and memory through the runtime, which knows every system; `freemem` is what is available, caches included. */
export class LoadSampler {
  #times = readCpuTimes();
  #cpu = 0;

  sample(): StatsSample {
    const times = readCpuTimes();
    // Two readers within one tick of the system's clock would divide by nothing: the figure before still holds.
    if (times.total > this.#times.total) {
      this.#cpu = cpuShare(this.#times, times);
      this.#times = times;
    }
    const total = totalmem();
    return { at: Date.now(), cpu: this.#cpu, memory: { used: total - freemem(), total } };
  }
}

function readCpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return { busy: total - idle, total };
}
