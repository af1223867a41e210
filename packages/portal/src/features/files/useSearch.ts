import { type RefObject, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import type { FoundEntry } from './filesApi.ts';
import type { Pane } from './usePane.ts';

type Phase = 'idle' | 'running' | 'done' | 'truncated';

/** A search that a person went away from to look at what it found. */
export interface KeptSearch {
  /** The folder that was searched. */
  folder: string;
  name: string;
  found: readonly FoundEntry[];
  phase: Phase;
  /** The path of what was looked at last. */
  opened: string | undefined;
}

/** Room for one, which outlives the folder it was in. */
export type SearchShelf = RefObject<KeptSearch | undefined>;

/** The search that was made in a folder, if one comes back to it. */
export function keptIn(shelf: SearchShelf, folder: string): KeptSearch | undefined {
  return shelf.current?.folder === folder ? shelf.current : undefined;
}

/** Searches below the folder of a pane, beginning with what was found before, if anything. */
export function useSearch(pane: Pane, kept: KeptSearch | undefined) {
  const [found, setFound] = useState<readonly FoundEntry[]>(kept?.found ?? []);
  const [phase, setPhase] = useState<Phase>(kept?.phase ?? 'idle');
  const [error, setError] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const stop = () => {
    running.current?.abort();
    setPhase('done');
  };
  const start = (name: string) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setFound([]);
    setError(undefined);
    setPhase('running');
    const asked = { path: pane.path, name, hidden: pane.preferences.hidden };
    const told = (some: readonly FoundEntry[]) => {
      if (!abort.signal.aborted) setFound((before) => [...before, ...some]);
    };
    pane.api.search(asked, { told, signal: abort.signal }).then(
      (truncated) => setPhase(truncated ? 'truncated' : 'done'),
      (reason: unknown) => {
        if (abort.signal.aborted) return;
        setError(sentenceOf(reason));
        setPhase('done');
      },
    );
  };
  return { found, phase, error, start, stop };
}
