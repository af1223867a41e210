import type { Device, HomeField } from '@porthole/protocol';
import { formatAgo, formatNumber, formatRate, formatShare, visibleText } from '../../base/format.ts';
import { shareOf } from '../../base/search/figures.ts';
import { texts } from '../../base/texts.ts';

/** Fields that are a share of something, shown as thin bars where there is room for one only. */
export const METERS = ['cpu', 'memory', 'disk', 'battery'] as const satisfies readonly HomeField[];
export type Meter = (typeof METERS)[number];

export function isMeter(field: HomeField): field is Meter {
  return METERS.some((meter) => meter === field);
}

/** 0..1; undefined when it is not known, or the device is away. */
export function meterOf({ online, toggles, stats }: Device, meter: Meter): number | undefined {
  if (!online || !toggles.stats || !stats) return undefined;
  if (meter === 'cpu') return stats.cpu;
  return meter === 'battery' ? stats.battery?.charge : shareOf(stats[meter]);
}

/** What a field says of a device, in words; undefined when there is nothing to say. Harmless to show. */
export function fieldText(field: HomeField, device: Device, now: number): string | undefined {
  if (isMeter(field)) return shown(meterOf(device, field), formatShare);
  return LIVE[field]?.(device) ?? said(still(field, device, now));
}

type Words = (device: Device) => string | undefined;

/** What changes each second. */
const LIVE: Partial<Record<HomeField, Words>> = {
  temperature: (device) => shown(sampleOf(device)?.temperature, (celsius) => `${Math.round(celsius)} °C`),
  load: (device) => shown(sampleOf(device)?.load, (load) => formatNumber(load, 2)),
  network: (device) => shown(sampleOf(device)?.network, ({ received, sent }) => `↓ ${rate(received)} ↑ ${rate(sent)}`),
};

function still(field: HomeField, device: Device, now: number): string | null | undefined {
  const { profile, traits, description } = device;
  switch (field) {
    case 'state':
      return device.online ? texts.device.online : texts.device.seen(formatAgo(device.since, now));
    case 'system':
      return description.system;
    case 'version':
      return description.version;
    case 'number':
      return shown(profile.number ?? undefined, texts.arrange.number);
    case 'group':
      return profile.group;
    case 'tags':
      return profile.tags.join(', ');
    case 'notes':
      return profile.notes.split('\n', 1)[0];
    case 'alerts':
      return device.alerts > 0 ? texts.arrange.alerts(device.alerts) : undefined;
    case 'uptime':
      return device.online
        ? shown(traits.bootedAt, (at) => formatLasting(now + (traits.clockAhead ?? 0) - at))
        : undefined;
    case 'address':
    case 'model':
    case 'kernel':
      return traits[field];
    default:
      return undefined;
  }
}

function sampleOf({ online, toggles, stats }: Device) {
  return online && toggles.stats ? stats : null;
}

function shown<T>(value: T | undefined, words: (value: T) => string): string | undefined {
  return value === undefined ? undefined : words(value);
}

function said(text: string | null | undefined): string | undefined {
  return text ? visibleText(text) : undefined;
}

function rate(bytes: number): string {
  return formatRate(bytes / 1_000);
}

const MINUTE = 60_000;

/** How long something has lasted, by its largest two units: `3 d 4 h`, `12 min`. */
export function formatLasting(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24];
  const { lasting } = texts.arrange;
  if (days > 0) return lasting.days(days, hours);
  return hours > 0 ? lasting.hours(hours, minutes % 60) : lasting.minutes(minutes);
}
