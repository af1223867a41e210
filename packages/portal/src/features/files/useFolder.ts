import type { Device } from '@porthole/protocol';
import { useEffect, useRef, useState } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { Store } from '../../base/store.ts';
import { useSelected, useStore } from '../../base/useStore.ts';
import type { FilesApi } from './filesApi.ts';
import { Folder, type FolderState } from './folder.ts';
import { FolderWatch } from './folderWatch.ts';

/** Entries that are read in no time; a larger folder is not read twice for a change that may have been. */
const QUICK = 5_000;
/** Before anything was asked. */
const BLANK = new Store<FolderState>({ entries: [], total: 0, complete: false, error: undefined });

/** The entries of a folder, followed: its own changes come by themselves, and all is read again when a connection is back. */
export function useFolder(api: FilesApi, device: Device, path: string): { state: FolderState; refresh: () => void } {
  const connection = useConnection();
  const viewer = useSelected(connection.state, (state) => state.viewer);
  const [folder, setFolder] = useState<Folder>();
  const { online } = device;
  const latestOnline = useRef(online);
  useEffect(() => {
    latestOnline.current = online;
  });
  useEffect(() => {
    const next = new Folder({
      list: (page, signal) => api.list(path, page, signal),
      isOnline: () => latestOnline.current,
    });
    setFolder(next);
    return () => {
      next.close();
      setFolder(undefined);
    };
  }, [api, path]);
  const known = useRef<Folder>(undefined);
  useEffect(() => {
    // What was asked of a device that is away was in vain.
    if (folder && !online) known.current = folder;
    if (!folder || !online || viewer === undefined) return;
    if (known.current === folder) folder.refresh();
    known.current = folder;
    const watch = new FolderWatch({
      api: connection.api,
      link: connection.link,
      deviceId: api.deviceId,
      viewer,
      path,
      changed: (first) => {
        if (!first || folder.state.get().total <= QUICK) folder.refresh();
      },
    });
    return () => watch.close();
  }, [folder, online, viewer, connection, api, path]);
  const state = useStore(folder?.state ?? BLANK);
  return { state, refresh: () => folder?.refresh() };
}
