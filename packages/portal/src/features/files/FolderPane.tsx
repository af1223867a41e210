import type { Device } from '@porthole/protocol';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { sentenceOf } from '../../base/sentenceFor.ts';
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
import { only } from './selection.ts';
import { uploadsOf } from './uploads/uploadsOf.ts';
import { type FileActions, type Notice, useFileActions } from './useFileActions.ts';
import { useListFocus } from './useListFocus.ts';
import { type Pane, usePane } from './usePane.ts';
import { keptIn, type SearchShelf } from './useSearch.ts';
import { ViewerFrame } from './viewers/ViewerFrame.tsx';

interface FolderPaneProps {
  device: Device;
  place: FilesPlace & { path: string };
  /** Where one was before; undefined when this is the first thing shown. */
  from: { value: string | undefined } | undefined;
  /** Keeps a search while one looks at what it found. */
  shelf: SearchShelf;
  go(place: FilesPlace): void;
  history: { back(): void; forward(): void };
  closeViewer(): void;
  /** The page's address speaks of this pane. */
  inAddress?: boolean;
  /** More tools at the end of the toolbar. */
  tools?: ReactNode;
}

/** One folder of one device: where it is, what can be done, what is in it. */
export function FolderPane({
  device,
  place,
  from,
  shelf,
  go,
  history,
  closeViewer,
  inAddress = false,
  tools,
}: FolderPaneProps) {
  const connection = useConnection();
  const pane = usePane(device, { path: place.path, from: from?.value, go });
  const actions = useFileActions(pane);
  const [renaming, setRenaming] = useState<string>();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const [searching, setSearching] = useState(() => keptIn(shelf, place.path) !== undefined);
  const search = (on: boolean) => {
    shelf.current = undefined;
    setSearching(on);
  };
  const upload = (files: readonly PickedFile[], folder = pane.path) =>
    uploadsOf(connection).add({ deviceId: device.id, folder, files });
  const commands = commandsOf(pane, actions, { setRenaming, setDialog });
  const open = place.open;
  const grid = useRef<HTMLTableElement>(null);
  const covers = [renaming, dialog, menu, actions.asking, open, searching || undefined];
  useListFocus(grid, { covered: covers.some((cover) => cover !== undefined), walked: from !== undefined });
  // The list goes along with the viewer.
  const { select } = pane;
  useEffect(() => {
    if (open !== undefined) select(only(open));
  }, [open, select]);
  return (
    <section className={styles.pane}>
      <PaneToolbar pane={pane} history={history} search={() => search(!searching)}>
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
      <NoticeLine
        notice={actions.notice ?? standingNotice(pane)}
        dismiss={actions.notice ? actions.dismiss : undefined}
      />
      {searching ? (
        <SearchView pane={pane} shelf={shelf} viewing={open !== undefined} close={() => search(false)} />
      ) : (
        <FolderView
          pane={pane}
          grid={grid}
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
      {open === undefined ? null : (
        <ViewerFrame key={open} pane={pane} name={open} close={closeViewer} inAddress={inAddress} />
      )}
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

/** What is to be said as long as it is so. */
function standingNotice({ device, folder, shown }: Pane): Notice | undefined {
  const { offline: what, offlineWhat, stale } = texts.files.state;
  if (!device.online) return { tone: 'failed', text: `${what}. ${offlineWhat}` };
  // Without entries it is said where they would be.
  if (!folder.error || shown.length === 0) return undefined;
  return { tone: 'failed', text: stale(visibleText(sentenceOf(folder.error), 300)) };
}
