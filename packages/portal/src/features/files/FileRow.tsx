import type { FileEntry } from '@porthole/protocol';
import { type DragEvent, type MouseEvent, memo, type PointerEvent } from 'react';
import { formatExact, formatSize, formatStamp, visibleText } from '../../base/format.ts';
import { isFolder } from './arrangeEntries.ts';
import { EntryIcon } from './EntryIcon.tsx';
import styles from './FileList.module.css';
import { kindLabel } from './fileKinds.ts';
import { formatMode } from './formatMode.ts';
import { RenameField } from './RenameField.tsx';

/** What rows and tiles tell the folder they are in. All of them are stable. */
export interface EntryEvents {
  click(index: number, event: MouseEvent): void;
  /** A pointer came down on an entry, or left it. */
  press(index: number, event: PointerEvent): void;
  release(): void;
  open(index: number): void;
  menu(index: number, event: MouseEvent): void;
  dragStart(index: number, event: DragEvent): void;
  dragOver(index: number, event: DragEvent): void;
  drop(index: number, event: DragEvent): void;
  renamed(from: string, to: string | undefined): void;
}

export interface EntryProps {
  entry: FileEntry;
  index: number;
  id: string;
  chosen: boolean;
  active: boolean;
  renaming: boolean;
  /** A drag is over it, and would go into it. */
  target: boolean;
  events: EntryEvents;
}

/** One entry as a line of the list. */
export const FileRow = memo(function FileRow({ entry, top, ...rest }: EntryProps & { top: number }) {
  const { index, id, chosen, active, renaming, target, events } = rest;
  return (
    <tr
      id={id}
      className={styles.row}
      style={{ top }}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-active={active || undefined}
      data-target={target || undefined}
      {...entryHandlers(index, events, renaming)}
    >
      <td className={styles.name}>
        <EntryIcon entry={entry} size={16} />
        {renaming ? (
          <RenameField name={entry.name} done={(to) => events.renamed(entry.name, to)} />
        ) : (
          <span className={styles.label} title={visibleText(entry.name)}>
            {visibleText(entry.name)}
          </span>
        )}
      </td>
      <td className={styles.size}>{isFolder(entry) || entry.kind === 'other' ? '' : formatSize(entry.size)}</td>
      <td className={styles.kind}>{kindLabel(entry)}</td>
      <td className={styles.modified} title={formatExact(entry.modified)}>
        {formatStamp(entry.modified)}
      </td>
      <td className={styles.owner}>{visibleText(entry.owner ?? '', 64)}</td>
      <td className={styles.mode}>
        {entry.mode === undefined ? '' : formatMode(entry.mode, entry.kind).padStart(10, '\u00a0')}
      </td>
    </tr>
  );
});

/** What a row and a tile do alike. While its name is edited, an entry neither drags nor opens. */
export function entryHandlers(index: number, events: EntryEvents, renaming: boolean) {
  if (renaming) return {};
  return {
    draggable: true,
    onClick: (event: MouseEvent) => events.click(index, event),
    onPointerDown: (event: PointerEvent) => events.press(index, event),
    onPointerUp: events.release,
    onPointerCancel: events.release,
    onDoubleClick: () => events.open(index),
    onContextMenu: (event: MouseEvent) => events.menu(index, event),
    onDragStart: (event: DragEvent) => events.dragStart(index, event),
    onDragOver: (event: DragEvent) => events.dragOver(index, event),
    onDrop: (event: DragEvent) => events.drop(index, event),
  };
}
