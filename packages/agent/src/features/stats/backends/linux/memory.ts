import type { HealthSample } from '@porthole/protocol';

/** Reads the text of `/proc/meminfo`. What caches hold can be had, so it is not used; swap is left out where there is none. */
export function parseMemory(text: string): Pick<HealthSample, 'memory' | 'swap'> {
  const fields = new Map<string, number>();
  for (const [, name = '', kibibytes] of text.matchAll(/^(\w+):\s+(\d+) kB$/gm)) {
    fields.set(name, Number(kibibytes) * 1_024);
  }
  const of = (name: string) => fields.get(name) ?? 0;
  const total = of('MemTotal');
  const cached = of('Buffers') + of('Cached') + of('SReclaimable');
  // Kernels before 3.14 do not estimate it.
  const available = fields.get('MemAvailable') ?? of('MemFree') + cached;
  const swap = of('SwapTotal');
  return {
    memory: { used: Math.max(0, total - available), total, cached },
    ...(swap > 0 ? { swap: { used: Math.max(0, swap - of('SwapFree')), total: swap } } : {}),
  };
}

/** The three averages of `/proc/loadavg`. */
export function parseLoad(text: string): number[] | undefined {
  const load = text.split(' ').slice(0, 3).map(Number);
  return load.length === 3 && load.every((value) => value >= 0) ? load : undefined;
}
