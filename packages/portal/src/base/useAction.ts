import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from './api.ts';

export interface Action<Args extends unknown[]> {
  /** Runs once at a time: a second call while the first is under way does nothing. */
  run(...args: Args): void;
  busy: boolean;
  /** Why the last run failed, as a sentence; undefined otherwise. */
  error: string | undefined;
  reset(): void;
}

/** Something a person started: whether it is under way, and why it failed. */
export function useAction<Args extends unknown[]>(act: (...args: Args) => Promise<void>): Action<Args> {
  const [state, setState] = useState<{ busy: boolean; error: string | undefined }>({ busy: false, error: undefined });
  const latest = useRef(act);
  const busy = useRef(false);
  useEffect(() => {
    latest.current = act;
  });
  const run = useCallback((...args: Args) => {
    if (busy.current) return;
    busy.current = true;
    setState({ busy: true, error: undefined });
    latest.current(...args).then(
      () => {
        busy.current = false;
        setState({ busy: false, error: undefined });
      },
      (error: unknown) => {
        busy.current = false;
        setState({ busy: false, error: sentenceOf(error) });
      },
    );
  }, []);
  const reset = useCallback(() => setState((before) => ({ ...before, error: undefined })), []);
  return { run, busy: state.busy, error: state.error, reset };
}
