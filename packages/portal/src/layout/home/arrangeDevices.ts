import type { HomeSettings, StatsSample } from '@porthole/protocol';
import { compareNatural } from '../../base/compareNatural.ts';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { shareOf } from '../../base/search/figures.ts';

/** What a device's place depends on and changes by itself. */
export interface Reading {
  online: boolean;
  alerts: number;
  stats: StatsSample | null;
}

/** Alerts come before all, then what is well, then what is not there. */
export const STATE_RANKS = ['alert', 'online', 'offline'] as const;
export type DeviceState = (typeof STATE_RANKS)[number];

/** Devices under one heading. `title` is null for those without a group, a tag, …, and where nothing is grouped. */
export interface Section {
  /** Unlike every other's, and the same as long as the grouping is. */
  key: string;
  title: string | null;
  devices: readonly DeviceSummary[];
}

export type Arrangement = Pick<
  HomeSettings,
  'grouping' | 'sorting' | 'descending' | 'unhealthyFirst' | 'favouritesFirst'
>;

export interface ArrangeContext {
  reading(id: string): Reading;
  favourites: ReadonlySet<string>;
  /** Places in the user's own order. */
  places: ReadonlyMap<string, number>;
}

/**
 * The devices in sections, as the user likes them. `devices` come by name, which decides where nothing else does. What is
 * not known comes last in either direction. With tags, a device is in as many sections as it has tags.
 */
export function arrangeDevices(
  devices: readonly DeviceSummary[],
  settings: Arrangement,
  context: ArrangeContext,
): readonly Section[] {
  const ordered = order(devices, settings, context);
  if (settings.grouping === 'none') return ordered.length > 0 ? [{ key: '', title: null, devices: ordered }] : [];
  const sections = new Map<string, { title: string | null; devices: DeviceSummary[] }>();
  for (const device of ordered) {
    for (const title of titlesOf(device, settings.grouping, context)) {
      const key = `${settings.grouping}:${title ?? ''}`;
      const section = sections.get(key) ?? { title, devices: [] };
      section.devices.push(device);
      sections.set(key, section);
    }
  }
  return [...sections]
    .map(([key, section]) => ({ key, ...section }))
    .sort((a, b) => compareTitles(a.title, b.title, settings.grouping));
}

/** What state a device is in, in one word. */
export function stateOf({ online, alerts }: Pick<Reading, 'online' | 'alerts'>): DeviceState {
  return alerts > 0 ? 'alert' : online ? 'online' : 'offline';
}

function order(devices: readonly DeviceSummary[], settings: Arrangement, context: ArrangeContext) {
  const keys = new Map(devices.map((device, at) => [device, keysOf(device, at, settings, context)]));
  return devices.toSorted((a, b) => compareKeys(keys.get(a) ?? [], keys.get(b) ?? []));
}

type Keys = readonly (number | undefined)[];

/** Compared one after the other, the smaller first; undefined is last. */
function keysOf(device: DeviceSummary, at: number, settings: Arrangement, context: ArrangeContext): Keys {
  const { id } = device;
  const reading = context.reading(id);
  const direction = settings.descending ? -1 : 1;
  const value = settings.sorting === 'name' ? at : sortValue(device, reading, settings.sorting, context);
  return [
    settings.favouritesFirst && context.favourites.has(id) ? 0 : 1,
    settings.unhealthyFirst ? healthRank(reading) : 0,
    value === undefined ? undefined : value * direction,
    at,
  ];
}

/** Unhealthy is what has an alert, then what is not there. */
function healthRank(reading: Reading): number {
  return ['alert', 'offline', 'online'].indexOf(stateOf(reading));
}

function sortValue(
  { id, profile }: DeviceSummary,
  reading: Reading,
  sorting: Exclude<HomeSettings['sorting'], 'name'>,
  { places }: ArrangeContext,
): number | undefined {
  switch (sorting) {
    case 'number':
      return profile.number ?? undefined;
    case 'own':
      return places.get(id);
    case 'state':
      return STATE_RANKS.indexOf(stateOf(reading));
    case 'cpu':
      return reading.online ? reading.stats?.cpu : undefined;
    case 'memory':
      return reading.online ? shareOf(reading.stats?.memory) : undefined;
  }
}

function compareKeys(a: Keys, b: Keys): number {
  for (const [at, x] of a.entries()) {
    const y = b[at];
    if (x === y) continue;
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return x - y;
  }
  return 0;
}

function titlesOf(
  device: DeviceSummary,
  grouping: Exclude<HomeSettings['grouping'], 'none'>,
  { reading }: ArrangeContext,
): readonly (string | null)[] {
  switch (grouping) {
    case 'group':
      return [device.profile.group];
    case 'tag':
      return device.profile.tags.length > 0 ? device.profile.tags : [null];
    case 'system':
      return [device.system || null];
    case 'state':
      return [stateOf(reading(device.id))];
  }
}

function compareTitles(a: string | null, b: string | null, grouping: HomeSettings['grouping']): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const rank = (title: string) => STATE_RANKS.indexOf(title as DeviceState);
  return grouping === 'state' ? rank(a) - rank(b) : compareNatural(a, b);
}
