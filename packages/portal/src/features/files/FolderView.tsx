import { type DragEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useRowHeight } from '../../base/appearance/useRowHeight.ts';
import { visibleText } from '../../base/format.ts';
import { sentenceOf } from '../../base/sentenceFor.ts';
import { texts } from '../../base/texts.ts';
import { useRowWindow } from '../../base/useRowWindow.ts';
import { scrollToRow } from '../../base/virtualRows.ts';
import { isEmpty, isFolder } from './arrangeEntries.ts';
import { dragCarries, readDragged, setDragged } from './draggedFiles.ts';
import { FileList } from './FileList.tsx';
import type { EntryEvents } from './FileRow.tsx';
import { FileTiles } from './FileTiles.tsx';
import { FolderMessage } from './FolderMessage.tsx';
import type { PaneCommands } from './FolderPane.tsx';
import styles from './FolderView.module.css';
import { baseName } from './filePaths.ts';
import { LongPress } from './longPress.ts';
import { type Dropped, droppedFiles } from './pickedFiles.ts';
import { HEAD_HEIGHT, TILE_HEIGHT, TILE_WIDTH } from './rowSizes.ts';
import { goTo, NOTHING, stepOfClick } from './selection.ts';
import { useEntryKeys } from './useEntryKeys.ts';
import type { FileActions } from './useFileActions.ts';
import type { Pane } from './usePane.ts';

interface FolderViewProps {
  pane: Pane;
  grid: RefObject<HTMLTableElement | null>;
  actions: FileActions;
  commands: PaneCommands;
  renaming: string | undefined;
  renamed(from: string, to: string | undefined): void;
  upload(dropped: Dropped, folder: string): void;
  menu(at: { x: number; y: number }): void;
}

/** The entries of a folder, to be looked at, chosen, opened and dragged. */
export function FolderView(props: FolderViewProps) {
  const { pane, grid, commands, renaming } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isList = pane.preferences.view === 'list';
  const lineHeight = useRowHeight();
  const rowHeight = isList ? lineHeight : TILE_HEIGHT;
  const [columns, setColumns] = useState(1);
  const range = useRowWindow(scroller, { count: Math.ceil(pane.shown.length / columns), rowHeight });
  const fitting = isList ? 1 : Math.max(1, Math.floor((range.width - 16) / TILE_WIDTH));
  useEffect(() => setColumns(fitting), [fitting]);
  useActiveInView({ pane, scroller, columns, rowHeight, head: isList ? HEAD_HEIGHT : 0 });
  const onKeyDown = useEntryKeys(pane, { columns, page: range.page }, commands);
  const { events, dropTarget, over } = useEntryEvents(props);
  const View = isList ? FileList : FileTiles;
  return (
    // What is dropped beside the entries goes into the folder itself.
    <div
      ref={scroller}
      className={styles.view}
      data-over={over || undefined}
      data-stale={!pane.device.online || pane.folder.error !== undefined || undefined}
      {...events.folder}
    >
      <View
        pane={pane}
        grid={grid}
        range={range}
        columns={columns}
        renaming={renaming}
        dropTarget={dropTarget}
        events={events.entries}
        onKeyDown={onKeyDown}
      />
      <Said pane={pane} />
      {over ? (
        <p className={styles.drop}>
          {texts.files.state.dropHere(visibleText(baseName(pane.path, pane.separator), 60))}
        </p>
      ) : null}
    </div>
  );
}

/** What is to be said when there are no entries to see. */
function Said({ pane }: { pane: Pane }) {
  const { state } = texts.files;
  const { folder, shown, filter } = pane;
  if (shown.length > 0) return null;
  if (!pane.device.online) return <FolderMessage kind="offline" what={state.offlineWhat} />;
  if (folder.error) {
    const act = { label: state.retry, run: pane.refresh };
    return <FolderMessage kind="failed" what={visibleText(sentenceOf(folder.error), 300)} act={act} />;
  }
  if (!folder.complete) return <FolderMessage kind="loading" />;
  if (filter !== '') {
    const act = { label: state.clearFilter, run: () => pane.setFilter('') };
    return <FolderMessage kind="noMatch" what={state.noMatch(visibleText(filter, 80))} act={act} />;
  }
  if (!isEmpty(folder.entries)) {
    return (
      <FolderMessage kind="onlyHidden" act={{ label: state.showHidden, run: () => pane.prefer({ hidden: true }) }} />
    );
  }
  return <FolderMessage kind="empty" what={pane.writable ? state.emptyWhat : undefined} />;
}

interface ActiveInView {
  pane: Pane;
  scroller: RefObject<HTMLElement | null>;
  columns: number;
  rowHeight: number;
  head: number;
}

/** The keyboard never leaves the window. */
function useActiveInView({ pane, scroller, columns, rowHeight, head }: ActiveInView): void {
  const { active } = pane.selection;
  const latest = useRef(pane.names);
  latest.current = pane.names;
  useEffect(() => {
    const element = scroller.current;
    const index = active === undefined ? -1 : latest.current.indexOf(active);
    if (!element || index < 0) return;
    const row = Math.floor(index / columns);
    element.scrollTop = scrollToRow({
      row,
      rowHeight,
      scrolled: element.scrollTop,
      height: element.clientHeight,
      head,
    });
  }, [active, scroller, columns, rowHeight, head]);
}

/** Pointer and drag, for each entry and for the folder around them. */
function useEntryEvents(props: FolderViewProps) {
  const [dropTarget, setDropTarget] = useState<string>();
  const [over, setOver] = useState(false);
  const latest = useRef(props);
  latest.current = props;
  const events = useMemo(
    () => ({ entries: entryEvents(latest, setDropTarget), folder: folderEvents(latest, setOver, setDropTarget) }),
    [],
  );
  return { events, dropTarget, over };
}

type Latest = RefObject<FolderViewProps>;

function entryEvents(latest: Latest, setTarget: (name: string | undefined) => void): EntryEvents {
  const at = (index: number) => latest.current.pane.shown[index];
  // A double click does not say of itself what made it.
  let clickedByTouch = false;
  // A finger that rests on an entry chooses it.
  const touch = new LongPress((index) => {
    const { pane } = latest.current;
    pane.select(goTo(pane.selection, pane.names, index, 'toggle'));
  });
  return {
    click: (index, event) => {
      const { pane, commands } = latest.current;
      const name = at(index)?.name;
      // A finger has no double click to spare: it opens, unless it is choosing already.
      const byTouch = isTouch(event);
      clickedByTouch = byTouch;
      if (byTouch && touch.wasLong) return;
      if (byTouch && name !== undefined && pane.selection.chosen.size === 0) return commands.open(name);
      pane.select(goTo(pane.selection, pane.names, index, byTouch ? 'toggle' : stepOfClick(event)));
    },
    press: (index, event) => (isTouch(event) ? touch.down(index) : touch.up()),
    release: () => touch.up(),
    open: (index) => {
      const name = at(index)?.name;
      // Two quick taps are two taps.
      if (name !== undefined && !clickedByTouch) latest.current.commands.open(name);
    },
    menu: (index, event) => {
      const { pane, menu } = latest.current;
      event.preventDefault();
      if (isTouch(event)) return touch.hold();
      const name = at(index)?.name ?? '';
      if (!pane.selection.chosen.has(name)) pane.select(goTo(pane.selection, pane.names, index, 'only'));
      menu({ x: event.clientX, y: event.clientY });
    },
    dragStart: (index, event) => {
      const { pane } = latest.current;
      const name = at(index)?.name;
      // A finger that rests chooses rather than drags.
      if (touch.isDown) event.preventDefault();
      if (name === undefined || touch.isDown) return;
      const isChosen = pane.selection.chosen.has(name);
      if (!isChosen) pane.select(goTo(pane.selection, pane.names, index, 'only'));
      const names = isChosen ? pane.chosen.map((entry) => entry.name) : [name];
      setDragged(event.dataTransfer, { deviceId: pane.device.id, paths: names.map(pane.pathOf) });
    },
    dragOver: (index, event) => {
      const entry = at(index);
      const into = entry && isFolder(entry) && latest.current.pane.writable && dragCarries(event.dataTransfer);
      setTarget(into ? entry.name : undefined);
      if (!into) return;
      allow(event);
      event.stopPropagation();
    },
    drop: (index, event) => {
      const entry = at(index);
      setTarget(undefined);
      if (!entry || !isFolder(entry)) return;
      event.stopPropagation();
      take(latest.current, event, latest.current.pane.pathOf(entry.name));
    },
    renamed: (from, to) => latest.current.renamed(from, to),
  };
}

function folderEvents(latest: Latest, setOver: (over: boolean) => void, setTarget: (name: string | undefined) => void) {
  const leave = () => {
    setOver(false);
    setTarget(undefined);
  };
  return {
    onDragOver: (event: DragEvent) => {
      if (!latest.current.pane.writable || !dragCarries(event.dataTransfer)) return;
      allow(event);
      setOver(dragCarries(event.dataTransfer) === 'files');
    },
    onDragLeave: (event: DragEvent) => {
      if (event.currentTarget === event.target || !event.currentTarget.contains(event.relatedTarget as Node | null))
        leave();
    },
    onDrop: (event: DragEvent) => {
      leave();
      take(latest.current, event, latest.current.pane.path);
    },
    onClick: (event: React.MouseEvent) => {
      if (event.target === event.currentTarget) latest.current.pane.select(NOTHING);
    },
  };
}

function isTouch({ nativeEvent }: React.MouseEvent): boolean {
  return 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
}

function allow(event: DragEvent): void {
  event.preventDefault();
  event.dataTransfer.dropEffect = event.ctrlKey || dragCarries(event.dataTransfer) === 'files' ? 'copy' : 'move';
}

/** What was dropped goes into `folder`: files of this machine are uploaded, entries are moved, or copied with Ctrl. */
function take({ pane, actions, upload }: FolderViewProps, event: DragEvent, folder: string): void {
  if (!pane.writable) return;
  event.preventDefault();
  const dragged = readDragged(event.dataTransfer);
  if (!dragged) {
    void droppedFiles(event.dataTransfer).then((dropped) => upload(dropped, folder));
    return;
  }
  const parents = dragged.paths.map((path) => path.slice(0, -baseName(path, pane.separator).length));
  const stays = dragged.deviceId === pane.device.id && parents.every((parent) => sameFolder(parent, folder, pane));
  const isItself = dragged.deviceId === pane.device.id && dragged.paths.includes(folder);
  if (isItself || (stays && !event.ctrlKey)) return;
  void actions.receive({ ...dragged, kind: event.ctrlKey ? 'copy' : 'move' }, folder);
}

function sameFolder(parent: string, folder: string, { separator }: Pane): boolean {
  const strip = (path: string) => (path.endsWith(separator) ? path.slice(0, -1) : path);
  return strip(parent) === strip(folder);
}
