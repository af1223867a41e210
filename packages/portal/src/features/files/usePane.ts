import type { Device, FileEntry } from '@porthole/protocol';
import { useMemo, useRef, useState } from 'react';
import { can } from '../../base/can.ts';
import { useConnection } from '../../base/portalContext.ts';
import { arrangeEntries } from './arrangeEntries.ts';
import { childPath, entryTowards, type Separator, separatorOf } from './filePaths.ts';
import { FilesApi } from './filesApi.ts';
import type { FilesPreferences } from './filesPreferences.ts';
import type { FilesPlace } from './fileUrl.ts';
import type { FolderState } from './folder.ts';
import { NOTHING, only, type Selection, withoutGone } from './selection.ts';
import { useFilesPreferences } from './useFilesPreferences.ts';
import { useFolder } from './useFolder.ts';

/** One folder that a person is in, on one device: what there is, what is shown of it, and what is chosen. */
export interface Pane {
  device: Device;
  api: FilesApi;
  separator: Separator;
  path: string;
  go(place: FilesPlace): void;
  /** Whether to offer changes. */
  writable: boolean;
  folder: FolderState;
  refresh(): void;
  preferences: FilesPreferences;
  prefer(part: Partial<FilesPreferences>): void;
  filter: string;
  setFilter(filter: string): void;
  /** In the order in which they are shown. */
  shown: readonly FileEntry[];
  names: readonly string[];
  selection: Selection;
  select(selection: Selection): void;
  /** The shown entries that are chosen. */
  chosen: readonly FileEntry[];
  pathOf(name: string): string;
}

interface PaneAt {
  path: string;
  /** The folder that one came from, if any. */
  from: string | undefined;
  go(place: FilesPlace): void;
}

/** Follows one folder of one device. Whoever goes up finds chosen what leads back. */
export function usePane(device: Device, { path, from, go }: PaneAt): Pane {
  const { api: hub } = useConnection();
  const api = useMemo(() => new FilesApi(hub, device.id), [hub, device.id]);
  const { state, refresh } = useFolder(api, device, path);
  const [preferences, prefer] = useFilesPreferences();
  const [filter, setFilter] = useState('');
  const separator = separatorOf(device.description.system);
  const [wanted, select] = useState<Selection>(() => {
    const back = from === undefined ? undefined : entryTowards(path, from, separator);
    return back === undefined ? NOTHING : only(back);
  });
  const { sort, descending, hidden } = preferences;
  const shown = useMemo(
    () => arrangeEntries(state.entries, { sort, descending, hidden, filter }),
    [state.entries, sort, descending, hidden, filter],
  );
  const names = useMemo(() => shown.map(({ name }) => name), [shown]);
  const present = useMemo(() => new Set(names), [names]);
  const seen = useRef<{ active: string; names: readonly string[] }>(undefined);
  const { active } = wanted;
  if (active !== undefined && present.has(active)) seen.current = { active, names };
  const before = seen.current?.active === active ? seen.current?.names : undefined;
  const selection = useMemo(() => withoutGone(wanted, present, before), [wanted, present, before]);
  const chosen = useMemo(() => shown.filter(({ name }) => selection.chosen.has(name)), [shown, selection]);
  return {
    device,
    api,
    separator,
    path,
    go,
    writable: can(device, 'files.write'),
    folder: state,
    refresh,
    preferences,
    prefer,
    filter,
    setFilter,
    shown,
    names,
    selection,
    select,
    chosen,
    pathOf: (name) => childPath(path, name, separator),
  };
}
