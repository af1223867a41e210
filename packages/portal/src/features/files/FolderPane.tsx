import type { Device } from '@porthole/protocol';
import { type ReactNode, useState } from 'react';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { ActionBar } from './ActionBar.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { EntryMenu } from './EntryMenu.tsx';
import { FolderDialog, type OpenDialog } from './FolderDialog.tsx';
import styles from './FolderPane.module.css';
import { FolderView } from './FolderView.tsx';
import { parentPath } from './filePaths.ts';
import type { FilesPlace } from './fileUrl.ts';
import { NoticeLine } from './NoticeLine.tsx';
import { PaneToolbar } from './PaneToolbar.tsx';
import type { PickedFile } from './pickedFiles.ts';
import { SearchView } from './SearchView.tsx';
import { uploadsOf } from './uploads/uploadsOf.ts';
import { type FileActions, type Notice, useFileActions } from './useFileActions.ts';
import { type Pane, usePane } from './usePane.ts';
import { ViewerFrame } from './viewers/ViewerFrame.tsx';

interface FolderPaneProps {
  device: Device;
  place: FilesPlace & { path: string };
  go(place: FilesPlace): void;
  history: { back(): void; forward(): void };
  closeViewer(): void;
  /** More tools at the end of the toolbar. */
  tools?: ReactNode;
}

/** One folder of one device: where it is, what can be done, what is in it. */
export function FolderPane({ device, place, go, history, closeViewer, tools }: FolderPaneProps) {
  const connection = useConnection();
  const pane = usePane(device, place.path, go);
  const actions = useFileActions(pane);
  const [renaming, setRenaming] = useState<string>();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const [searching, setSearching] = useState(false);
  const upload = (files: readonly PickedFile[], folder = pane.path) =>
    uploadsOf(connection).add({ deviceId: device.id, folder, files });
  const commands = commandsOf(pane, actions, { setRenaming, setDialog });
  const open = place.open;
  return (
    <section className={styles.pane}>
      <PaneToolbar pane={pane} history={history} search={() => setSearching(!searching)}>
        {tools}
      </PaneToolbar>
      <ActionBar
        pane={pane}
        actions={actions}
        upload={upload}
        newFolder={() => setDialog({ kind: 'newFolder' })}
        rename={() => setRenaming(pane.chosen[0]?.name)}
        remove={() => commands.remove(false)}
        properties={() => setDialog({ kind: 'properties', path: pane.pathOf(pane.chosen[0]?.name ?? '') })}
      />
      <NoticeLine notice={actions.notice ?? (device.online ? undefined : offline())} dismiss={actions.dismiss} />
      {searching ? (
        <SearchView pane={pane} close={() => setSearching(false)} />
      ) : (
        <FolderView
          pane={pane}
          actions={actions}
          commands={commands}
          renaming={renaming}
          renamed={(from, to) => {
            setRenaming(undefined);
            if (to !== undefined) void actions.rename(from, to);
          }}
          upload={(dropped, folder) => {
            upload(dropped.files, folder);
            if (dropped.emptyFolders.length > 0) void actions.makeFolders(dropped.emptyFolders, folder);
          }}
          menu={setMenu}
        />
      )}
      {menu ? (
        <EntryMenu
          pane={pane}
          actions={actions}
          commands={commands}
          at={menu}
          close={() => setMenu(undefined)}
          openDialog={setDialog}
        />
      ) : null}
      {dialog ? (
        <FolderDialog pane={pane} actions={actions} dialog={dialog} close={() => setDialog(undefined)} />
      ) : null}
      {actions.asking ? <ConflictDialog key={actions.asking.path} {...actions.asking} /> : null}
      {open === undefined ? null : <ViewerFrame key={open} pane={pane} name={open} close={closeViewer} />}
    </section>
  );
}

/** What keys, menus and double clicks set off. */
export interface PaneCommands {
  open(name: string): void;
  up(): void;
  rename(name: string): void;
  remove(forever: boolean): void;
  take(kind: 'copy' | 'move'): void;
  paste(): void;
}

interface PaneSetters {
  setRenaming(name: string | undefined): void;
  setDialog(dialog: OpenDialog): void;
}

function commandsOf(pane: Pane, actions: FileActions, { setRenaming, setDialog }: PaneSetters): PaneCommands {
  return {
    open: (name) => {
      const entry = pane.shown.find((each) => each.name === name);
      if (!entry) return;
      const isFolder = entry.kind === 'directory' || entry.target === 'directory';
      pane.go(isFolder ? { path: pane.pathOf(name), open: undefined } : { path: pane.path, open: name });
    },
    up: () => pane.go({ path: parentPath(pane.path, pane.separator), open: undefined }),
    rename: setRenaming,
    remove: (forever) => {
      const names = pane.chosen.map(({ name }) => name);
      const paths = names.map(pane.pathOf);
      if (paths.length === 0) return;
      if (forever) setDialog({ kind: 'remove', names, paths, noTrash: false });
      else {
        void actions.trash(paths).then((without) => {
          if (without.length > 0) setDialog({ kind: 'remove', names, paths: without, noTrash: true });
        });
      }
    },
    take: actions.take,
    paste: actions.paste,
  };
}

function offline(): Notice {
  const { offline: what, offlineWhat } = texts.files.state;
  return { tone: 'failed', text: `${what}. ${offlineWhat}` };
}
