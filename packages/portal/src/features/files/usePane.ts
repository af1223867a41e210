import type { Device, FileEntry } from '@porthole/protocol';
import { useMemo, useState } from 'react';
import { can } from '../../base/can.ts';
import { useConnection } from '../../base/portalContext.ts';
import { arrangeEntries } from './arrangeEntries.ts';
import { childPath, type Separator, separatorOf } from './filePaths.ts';
import { FilesApi } from './filesApi.ts';
import type { FilesPreferences } from './filesPreferences.ts';
import type { FilesPlace } from './fileUrl.ts';
import type { FolderState } from './folder.ts';
import { NOTHING, type Selection, withoutGone } from './selection.ts';
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

/** Follows one folder of one device. */
export function usePane(device: Device, path: string, go: (place: FilesPlace) => void): Pane {
  const { api: hub } = useConnection();
  const api = useMemo(() => new FilesApi(hub, device.id), [hub, device.id]);
  const { state, refresh } = useFolder(api, device, path);
  const [preferences, prefer] = useFilesPreferences();
  const [filter, setFilter] = useState('');
  const [wanted, select] = useState<Selection>(NOTHING);
  const { sort, descending, hidden } = preferences;
  const shown = useMemo(
    () => arrangeEntries(state.entries, { sort, descending, hidden, filter }),
    [state.entries, sort, descending, hidden, filter],
  );
  const names = useMemo(() => shown.map(({ name }) => name), [shown]);
  const present = useMemo(() => new Set(names), [names]);
  const selection = useMemo(() => withoutGone(wanted, present), [wanted, present]);
  const chosen = useMemo(() => shown.filter(({ name }) => selection.chosen.has(name)), [shown, selection]);
  const separator = separatorOf(device.description.system);
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
