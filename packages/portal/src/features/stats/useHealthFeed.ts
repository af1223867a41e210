import { type Device, type HealthSample, healthSample } from '@porthole/protocol';
import { useCallback, useState } from 'react';
import type { LivePoint } from './chart/chartData.ts';
import { valuesOfHealth } from './chart/chartSpecs.ts';
import { decodeJson } from './decodeJson.ts';
import { useStatsWatch } from './useStatsWatch.ts';

/** What came in while somebody looked. */
export interface HealthFeed {
  /** The latest; undefined until the first. */
  sample: HealthSample | undefined;
  /** In order of time, by this page's clock, of the last hour at most. */
  live: readonly LivePoint[];
  /** Why nothing comes, as a sentence. */
  refusal: string | undefined;
}

const KEPT_MS = 3_600_000;
/** Should somebody have chosen a pace of half a second. */
const MOST_POINTS = 8_000;

/** The health of a device, live while `active`; what came before stays. */
export function useHealthFeed(device: Device, active: boolean): HealthFeed {
  const [state, setState] = useState<Omit<HealthFeed, 'refusal'>>({ sample: undefined, live: [] });
  const hear = useCallback((bytes: Uint8Array) => {
    const sample = decodeJson(bytes, healthSample);
    // The device's own clock may be wrong; how long it took to come here is nothing beside a second.
    const point: LivePoint = { at: Date.now(), values: valuesOfHealth(sample) };
    setState(({ live }) => ({ sample, live: [...recent(live, point.at), point] }));
  }, []);
  const refusal = useStatsWatch({ device, operation: 'health', active, hear });
  return { ...state, refusal };
}

/** A clock that was set back begins anew. */
function recent(points: readonly LivePoint[], now: number): LivePoint[] {
  return points.filter(({ at }) => at > now - KEPT_MS && at < now).slice(-MOST_POINTS);
}
