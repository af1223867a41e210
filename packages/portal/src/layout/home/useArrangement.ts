import type { HomeSettings } from '@porthole/protocol';
import { type RefObject, useDeferredValue, useMemo } from 'react';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { useConnection } from '../../base/portalContext.ts';
import { usePreference } from '../../base/preferences/usePreference.ts';
import { asksForFigures, searchDevices } from '../../base/searchDevices.ts';
import { throttled } from '../../base/throttled.ts';
import { useStore } from '../../base/useStore.ts';
import { arrangeDevices, type Section } from './arrangeDevices.ts';
import { useReadings } from './useReadings.ts';

/** How often a list that changes all the time is drawn anew, in ms. */
const DRAW_MS = 150;
const NONE: readonly DeviceSummary[] = [];

export interface HomeArrangement {
  /** All devices by name, whatever is searched for. */
  list: readonly DeviceSummary[];
  sections: readonly Section[];
  favourites: ReadonlySet<string>;
  /** All devices in the user's own order. */
  order: readonly string[];
}

/** What the page shows, in which order. */
export function useArrangement(
  area: RefObject<HTMLElement | null>,
  settings: HomeSettings,
  query: string,
): HomeArrangement {
  const { devices } = useConnection();
  const calm = useMemo(() => throttled(devices.list, DRAW_MS), [devices]);
  const list = useDeferredValue(useStore(calm) ?? NONE);
  const [favourite] = usePreference('favourites');
  const [ownOrder] = usePreference('order');
  const favourites = useMemo(() => new Set(favourite), [favourite]);
  const places = useMemo(() => new Map(ownOrder.map((id, at) => [id, at])), [ownOrder]);
  const byLoad = settings.sorting === 'cpu' || settings.sorting === 'memory';
  const reading = useReadings(area, byLoad || asksForFigures(query));
  const found = useMemo(
    () => searchDevices(list, query, { stats: (id) => reading(id).stats, favourites }),
    [list, query, reading, favourites],
  );
  const context = useMemo(() => ({ reading, favourites, places }), [reading, favourites, places]);
  const { grouping, sorting, descending, unhealthyFirst, favouritesFirst } = settings;
  const sections = useMemo(
    () =>
      arrangeDevices(
        found,
        { grouping, sorting, descending: descending && sorting !== 'own', unhealthyFirst, favouritesFirst },
        context,
      ),
    [found, grouping, sorting, descending, unhealthyFirst, favouritesFirst, context],
  );
  const order = useMemo(() => inOwnOrder(list, places), [list, places]);
  return { list, sections, favourites, order };
}

function inOwnOrder(list: readonly DeviceSummary[], places: ReadonlyMap<string, number>): readonly string[] {
  const placeOf = (id: string) => places.get(id) ?? Number.POSITIVE_INFINITY;
  // Those without a place stay by name: sorting is stable.
  return list.map(({ id }) => id).sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
}
