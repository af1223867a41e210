import type { HealthSample, HistorySeries, StatsSample } from '@porthole/protocol';

/** How the figures of a chart are written. */
export type ChartUnit = 'share' | 'memory' | 'size' | 'rate' | 'celsius' | 'number';

/** One chart: a figure, or two that belong together. */
export interface ChartSpec {
  id: 'cpu' | 'memory' | 'load' | 'io' | 'network' | 'temperature' | 'gpu' | 'disk' | 'battery';
  series: readonly [HistorySeries] | readonly [HistorySeries, HistorySeries];
  unit: ChartUnit;
}

/** In the order in which they are shown. */
export const CHARTS: readonly ChartSpec[] = [
  { id: 'cpu', series: ['cpu'], unit: 'share' },
  { id: 'memory', series: ['memory', 'swap'], unit: 'memory' },
  { id: 'network', series: ['received', 'sent'], unit: 'rate' },
  { id: 'io', series: ['read', 'written'], unit: 'rate' },
  { id: 'load', series: ['load'], unit: 'number' },
  { id: 'temperature', series: ['temperature'], unit: 'celsius' },
  { id: 'gpu', series: ['gpu'], unit: 'share' },
  { id: 'disk', series: ['disk'], unit: 'size' },
  { id: 'battery', series: ['battery'], unit: 'share' },
];

type Values = Partial<Record<HistorySeries, number>>;

/** The figures of the charts, out of what a device tells to somebody who looks. `main` is the drive that the system is on. */
export function valuesOfHealth(sample: HealthSample): Values {
  const main = mainDisk(sample.disks);
  return known({
    cpu: sample.cpu,
    load: sample.load?.[0],
    memory: sample.memory.used,
    swap: sample.swap?.used,
    disk: main?.used,
    read: sample.drives.length > 0 ? sum(sample.drives.map(({ read }) => read)) : undefined,
    written: sample.drives.length > 0 ? sum(sample.drives.map(({ written }) => written)) : undefined,
    received: sample.interfaces.length > 0 ? sum(sample.interfaces.map(({ received }) => received)) : undefined,
    sent: sample.interfaces.length > 0 ? sum(sample.interfaces.map(({ sent }) => sent)) : undefined,
    temperature: highest(sample.temperatures.map(({ celsius }) => celsius)),
    gpu: highest(sample.gpus.flatMap(({ busy }) => busy ?? [])),
    battery: sample.battery?.charge,
  });
}

/** The same figures out of what is recorded. */
export function valuesOfStats(sample: StatsSample): Values {
  return known({
    cpu: sample.cpu,
    load: sample.load,
    memory: sample.memory.used,
    swap: sample.swap?.used,
    disk: sample.disk?.used,
    read: sample.io?.read,
    written: sample.io?.written,
    received: sample.network?.received,
    sent: sample.network?.sent,
    temperature: sample.temperature,
    gpu: sample.gpu,
    battery: sample.battery?.charge,
  });
}

/** The drive that the system is on: by its usual names, else the first. */
export function mainDisk<T extends { mount: string }>(disks: readonly T[]): T | undefined {
  return disks.find(({ mount }) => mount === '/' || /^C:\\?$/i.test(mount)) ?? disks[0];
}

/** The upper end of a chart where the figure has one by nature; undefined where it follows what is shown. */
export function ceilingOf(spec: ChartSpec, sample: HealthSample | undefined): number | undefined {
  if (spec.unit === 'share') return 1;
  if (spec.id === 'memory' && sample) return Math.max(sample.memory.total, sample.swap?.total ?? 0) || undefined;
  if (spec.id === 'disk' && sample) return mainDisk(sample.disks)?.total || undefined;
  return undefined;
}

function known(values: Partial<Record<HistorySeries, number | undefined>>): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function highest(values: readonly number[]): number | undefined {
  return values.length > 0 ? Math.max(...values) : undefined;
}
