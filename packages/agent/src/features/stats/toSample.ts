import type { HealthSample, StatsSample } from '@porthole/protocol';

/** Chips beside the processor: their inputs may be connected to nothing, and then say anything. */
const LOOSE = /^(?:nct|it8|w83|f71|asus|applesmc)/;

/** What is recorded, out of everything that is known of a moment. */
export function toSample(health: HealthSample): StatsSample {
  const { at, cpu, memory, swap, load, disks, drives, interfaces, gpus, battery } = health;
  // The one that the system is on comes first.
  const [main] = disks;
  const loads = gpus.flatMap(({ busy }) => busy ?? []);
  const temperature = hottest(health.temperatures);
  return {
    at,
    cpu,
    memory: { used: memory.used, total: memory.total },
    ...(swap ? { swap } : {}),
    ...(load ? { load: load[0] ?? 0 } : {}),
    ...(main ? { disk: { used: main.used, total: main.total } } : {}),
    ...(drives.length > 0 ? { io: { read: sum(drives, 'read'), written: sum(drives, 'written') } } : {}),
    ...(interfaces.length > 0
      ? { network: { received: sum(interfaces, 'received'), sent: sum(interfaces, 'sent') } }
      : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(loads.length > 0 ? { gpu: Math.max(...loads) } : {}),
    ...(battery ? { battery: { charge: battery.charge, charging: battery.charging } } : {}),
  };
}

/** In °C; undefined when nothing tells. */
function hottest(temperatures: HealthSample['temperatures']): number | undefined {
  const trusted = temperatures.filter(({ name }) => !LOOSE.test(name));
  const values = (trusted.length > 0 ? trusted : temperatures).map(({ celsius }) => celsius);
  return values.length > 0 ? Math.max(...values) : undefined;
}

function sum<Key extends string>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
