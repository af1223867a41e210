import type { HealthSample } from '@porthole/protocol';
import type { SystemFiles } from './systemFiles.ts';

type Battery = NonNullable<HealthSample['battery']>;
type Fields = ReadonlyMap<string, string>;

const SUPPLIES = 'sys/class/power_supply';
const HOUR_MINUTES = 60;

/** The batteries of the machine taken as one; undefined when it has none. Those of a mouse or a keyboard do not count. */
export async function readBattery(files: SystemFiles): Promise<Battery | undefined> {
  const supplies = await Promise.all(
    files.list(SUPPLIES).map(async (name) => parseSupply((await files.read(`${SUPPLIES}/${name}/uevent`)) ?? '')),
  );
  return batteryOf(supplies);
}

/** Reads the text of a supply's `uevent`. */
export function parseSupply(text: string): Fields {
  return new Map([...text.matchAll(/^POWER_SUPPLY_(\w+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]));
}

/** Puts them together by what each holds; without that, by their mean. */
export function batteryOf(supplies: readonly Fields[]): Battery | undefined {
  const all = supplies.filter(
    (fields) => fields.get('TYPE') === 'Battery' && fields.get('SCOPE') !== 'Device' && fields.get('PRESENT') !== '0',
  );
  const parts = all.map(partOf);
  const whole = sum(parts.map(({ full }) => full));
  const means = parts.flatMap(({ capacity }) => (capacity === undefined ? [] : [capacity / 100]));
  const charge = whole > 0 ? sum(parts.map(({ now }) => now)) / whole : sum(means) / means.length;
  if (!Number.isFinite(charge)) return undefined;
  const draw = sum(parts.map(({ draw }) => draw));
  const charging = all.some((fields) => ['Charging', 'Full', 'Not charging'].includes(fields.get('STATUS') ?? ''));
  const minutesLeft = (sum(parts.map(({ now }) => now)) / draw) * HOUR_MINUTES;
  const lasts = !charging && Number.isFinite(minutesLeft) ? { minutesLeft: Math.round(minutesLeft) } : {};
  return { charge: Math.min(1, Math.max(0, charge)), charging, ...lasts };
}

/** Batteries count in energy or in charge; of either the ratio is what matters. */
function partOf(fields: Fields) {
  const of = (...names: string[]) => {
    const value = Number(names.map((name) => fields.get(name)).find((text) => text !== undefined) || 'nothing');
    return Number.isFinite(value) ? Math.abs(value) : undefined;
  };
  return {
    now: of('ENERGY_NOW', 'CHARGE_NOW') ?? 0,
    full: of('ENERGY_FULL', 'CHARGE_FULL') ?? 0,
    draw: of('POWER_NOW', 'CURRENT_NOW') ?? 0,
    capacity: of('CAPACITY'),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
