/** Clock ticks of one core, or of all. */
export interface CpuTimes {
  busy: number;
  total: number;
}

/** The lines `cpu` (all) and `cpuN` (each that is there) of `/proc/stat`. */
export function parseCpuTimes(text: string): { all: CpuTimes; cores: Map<number, CpuTimes> } {
  const cores = new Map<number, CpuTimes>();
  let all: CpuTimes = { busy: 0, total: 0 };
  for (const line of text.split('\n')) {
    if (!line.startsWith('cpu')) continue;
    const [name = '', ...fields] = line.split(/\s+/);
    // User, nice, system, idle, waiting, interrupts, soft interrupts, stolen; guests are in the first two already.
    const ticks = fields.slice(0, 8).map(Number);
    const total = ticks.reduce((sum, value) => sum + value, 0);
    const times = { total, busy: total - (ticks[3] ?? 0) - (ticks[4] ?? 0) };
    if (!Number.isFinite(total)) continue;
    if (name === 'cpu') all = times;
    else cores.set(Number(name.slice(3)), times);
  }
  return { all, cores };
}

/** Share of the time between two readings that was busy, 0..1; undefined when no time passed. */
export function busyShare(before: CpuTimes | undefined, now: CpuTimes): number | undefined {
  const total = now.total - (before?.total ?? 0);
  if (total <= 0) return undefined;
  return Math.min(1, Math.max(0, (now.busy - (before?.busy ?? 0)) / total));
}

/** Shares of all cores and of each since the reading before; what had no time to pass keeps its share. */
export class CpuShares {
  #all: CpuTimes | undefined;
  #cores = new Map<number, CpuTimes>();
  #share = 0;
  #shares = new Map<number, number>();

  /** @param text of `/proc/stat`. */
  update(text: string): { all: number; cores: Map<number, number> } {
    const { all, cores } = parseCpuTimes(text);
    this.#share = busyShare(this.#all, all) ?? this.#share;
    this.#shares = new Map(
      [...cores].map(([id, times]) => [id, busyShare(this.#cores.get(id), times) ?? this.#shares.get(id) ?? 0]),
    );
    this.#all = all;
    this.#cores = cores;
    return { all: this.#share, cores: this.#shares };
  }
}
