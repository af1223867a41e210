import type { Device, Places } from '@porthole/protocol';
import { useEffect, useMemo, useState } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { FilesApi } from './filesApi.ts';

/** How often drives are looked at again: media come and go, and fill up. */
const EVERY_MS = 5_000;

/** The drives and usual folders of a device, followed while somebody looks. What was known stays when an answer fails. */
export function usePlaces(device: Device) {
  const { api: hub } = useConnection();
  const api = useMemo(() => new FilesApi(hub, device.id), [hub, device.id]);
  const [state, setState] = useState<{ places?: Places; error?: unknown }>({});
  const [attempt, setAttempt] = useState(0);
  const { online } = device;
  useEffect(() => {
    if (!online || attempt < 0) return;
    const abort = new AbortController();
    const ask = () =>
      api.places(abort.signal).then(
        (places) => setState({ places }),
        (error: unknown) => {
          if (!abort.signal.aborted) setState((before) => (before.places ? before : { error }));
        },
      );
    void ask();
    const timer = setInterval(() => document.visibilityState === 'visible' && void ask(), EVERY_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [api, online, attempt]);
  return { ...state, again: () => setAttempt((before) => before + 1) };
}
