import type { Device, History } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../base/api.ts';
import { useConnection } from '../../../base/portalContext.ts';
import { StatsApi } from '../statsApi.ts';
import { rangeOf, SPANS, type TimeView } from './timeView.ts';

/** What the hub recorded of the time that is shown. */
export interface Recorded {
  /** Of the view that is shown, else of the one before it; undefined until the first answer. */
  history: History | undefined;
  /** What the hub's clock is ahead of this page's, in ms. */
  ahead: number;
  /** When it was read, by the hub's clock. */
  readAt: number;
  loading: boolean;
  /** Why nothing could be read, as a sentence. */
  error: string | undefined;
}

/** Clocks that differ by less are taken as one: the hub tells whole seconds only. */
const SAME_CLOCK_MS = 2_000;

/** Reads the history of a device, again whenever a step of it has passed. */
export function useHistory(
  device: Device,
  view: TimeView,
  { points, active }: { points: number; active: boolean },
): Recorded {
  const { api } = useConnection();
  const [state, setState] = useState<Recorded>({
    history: undefined,
    ahead: 0,
    readAt: 0,
    loading: true,
    error: undefined,
  });
  const ahead = useRef(0);
  useEffect(() => {
    if (!active) return;
    const ending = new AbortController();
    const read = async () => {
      const { from, to } = rangeOf(view, Date.now() + ahead.current);
      const asked = { from: Math.max(0, Math.floor(from)), to: Math.ceil(to), points };
      const { history, clock } = await new StatsApi(api).history(device.id, asked, ending.signal);
      const difference = clock === undefined ? 0 : clock - Date.now();
      ahead.current = Math.abs(difference) < SAME_CLOCK_MS ? 0 : difference;
      if (!ending.signal.aborted) {
        const readAt = Date.now() + ahead.current;
        setState({ history, ahead: ahead.current, readAt, loading: false, error: undefined });
      }
    };
    const attempt = () =>
      void read().catch((error: unknown) => {
        if (!ending.signal.aborted) setState((before) => ({ ...before, loading: false, error: sentenceOf(error) }));
      });
    setState((before) => ({ ...before, loading: true }));
    attempt();
    const timer = view.kind === 'span' ? setInterval(attempt, againAfter(view)) : undefined;
    return () => {
      ending.abort();
      clearInterval(timer);
    };
  }, [api, device.id, view, points, active]);
  return state;
}

/** Live views need what was recorded only to begin with; it is read again now and then for what they missed. */
function againAfter(view: Extract<TimeView, { kind: 'span' }>): number {
  return Math.max(60_000, SPANS[view.span] / 600);
}
