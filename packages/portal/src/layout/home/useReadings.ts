import { type RefObject, useEffect, useMemo } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { useStore } from '../../base/useStore.ts';
import type { Reading } from './arrangeDevices.ts';
import { CalmReadings } from './calmReadings.ts';

const LOOK_MS = 1_000;

/** What places depend on, held still while somebody is among the devices of `area`; a new function when it was taken anew. */
export function useReadings(area: RefObject<HTMLElement | null>, figures: boolean): (id: string) => Reading {
  const { devices } = useConnection();
  const calm = useMemo(() => new CalmReadings({ devices, isHeld: () => isHeld(area.current) }), [devices, area]);
  useEffect(() => {
    const look = () => calm.look(figures);
    look();
    const stop = devices.list.subscribe(look);
    const timer = setInterval(look, LOOK_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [devices, calm, figures]);
  return useStore(calm.reading);
}

function isHeld(area: HTMLElement | null): boolean {
  return area?.querySelector('[data-device]:hover, [data-device] :focus-visible') != null;
}
