import type { StatsSample } from '@porthole/protocol';
import type { DeviceSummary } from '../devicesStore.ts';
import type { Figure } from './parseQuery.ts';

/** A figure of a device as a search counts it: shares in percent; undefined when it is not known. */
export function figureOf(device: DeviceSummary, stats: StatsSample | null, figure: Figure): number | undefined {
  switch (figure) {
    case 'number':
      return device.profile.number ?? undefined;
    case 'alerts':
      return device.alerts;
    case 'cpu':
      return percent(stats?.cpu);
    case 'battery':
      return percent(stats?.battery?.charge);
    case 'memory':
    case 'disk':
    case 'swap':
      return percent(shareOf(stats?.[figure]));
    default:
      return stats?.[figure];
  }
}

/** 0..1 of what there is; undefined when there is nothing. */
export function shareOf(used: { used: number; total: number } | undefined): number | undefined {
  return used && used.total > 0 ? Math.min(1, used.used / used.total) : undefined;
}

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : share * 100;
}
