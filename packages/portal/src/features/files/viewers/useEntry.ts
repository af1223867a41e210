import { type FileEntry, PortholeError } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { isRegular } from '../fileKinds.ts';
import type { Pane } from '../usePane.ts';

interface ShownEntry {
  /** What there is, or was last. */
  entry: FileEntry | undefined;
  /** What was shown is no longer there. */
  gone: boolean;
  /** Why nothing is known of it. */
  error: unknown;
}

/** The entry of that name: from the folder when it has come so far, otherwise asked for. Once known it stays known. */
export function useEntry(pane: Pane, name: string): ShownEntry {
  const listed = pane.folder.entries.find((each) => each.name === name);
  const [asked, setAsked] = useState<{ entry?: FileEntry; error?: unknown }>({});
  const { api } = pane;
  const path = pane.pathOf(name);
  const isListed = listed !== undefined;
  useEffect(() => {
    if (isListed) return;
    const abort = new AbortController();
    api.properties(path, abort.signal).then(
      (entry) => setAsked({ entry }),
      (error: unknown) => {
        if (!abort.signal.aborted) setAsked({ error });
      },
    );
    return () => {
      abort.abort();
      setAsked({});
    };
  }, [api, path, isListed]);
  return useKept(listed ?? asked.entry, asked.error);
}

/** A file that goes away, or makes room for a folder, must not take with it what a person has written into it. */
function useKept(present: FileEntry | undefined, error: unknown): ShownEntry {
  const kept = useRef(present);
  const known = kept.current;
  const isOther = present !== undefined && known !== undefined && isRegular(known) && !isRegular(present);
  useEffect(() => {
    if (present && !isOther) kept.current = present;
  }, [present, isOther]);
  if (present && !isOther) return { entry: present, gone: false, error: undefined };
  return { entry: known, gone: isOther || isMissing(error), error: known ? undefined : error };
}

/** Whether a device says that there is nothing of that name. */
export function isMissing(error: unknown): boolean {
  return error instanceof PortholeError && error.code === 'file.missing';
}
