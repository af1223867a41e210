import type { Device, StatsParams } from '@porthole/protocol';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { useConnection } from '../../base/portalContext.ts';
import { usePageVisible } from '../../base/usePageVisible.ts';
import { useSelected } from '../../base/useStore.ts';
import { StatsWatch } from './statsWatch.ts';

interface Watched {
  device: Device;
  operation: StatsParams['operation'];
  /** Off, the device is not asked. */
  active: boolean;
  /** One message of the device; stable. */
  hear: (bytes: Uint8Array) => void;
}

/** Follows the figures of a device while they are looked at; returns why nothing comes, as a sentence. */
export function useStatsWatch({
  device: { id, online, toggles, sending },
  operation,
  active,
  hear,
}: Watched): string | undefined {
  const { api, link, state } = useConnection();
  const viewer = useSelected(state, (now) => now.viewer);
  const visible = usePageVisible();
  const [refusal, setRefusal] = useState<string>();
  const intervalMs = sending.settings.statsMs;
  const asks = active && visible && online && toggles.stats;
  useEffect(() => {
    // A new viewer is a new connection: what was open on the old one is gone.
    if (!asks || viewer === undefined) return;
    const watch = new StatsWatch({ deviceId: id, api, link, viewer, params: { operation, intervalMs }, hear });
    const leave = watch.refusal.subscribe(() => {
      const reason = watch.refusal.get();
      setRefusal(reason && sentenceOf(reason));
    });
    return () => {
      leave();
      watch.close();
      setRefusal(undefined);
    };
  }, [asks, viewer, id, api, link, operation, intervalMs, hear]);
  return refusal;
}
