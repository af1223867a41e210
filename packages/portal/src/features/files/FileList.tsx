import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { useRowHeight } from '../../base/appearance/useRowHeight.ts';
import { texts } from '../../base/texts.ts';
import { COLUMNS, type Column } from './arrangeEntries.ts';
import styles from './FileList.module.css';
import { type EntryEvents, FileRow } from './FileRow.tsx';
import { gridProps } from './roles.ts';
import { HEAD_HEIGHT } from './rowSizes.ts';
import type { Pane } from './usePane.ts';

interface FileListProps {
  pane: Pane;
  grid: RefObject<HTMLTableElement | null>;
  range: { start: number; end: number };
  renaming: string | undefined;
  dropTarget: string | undefined;
  events: EntryEvents;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The entries as lines with columns; only those near the window are in the page. */
export function FileList({ pane, grid, range, renaming, dropTarget, events, onKeyDown }: FileListProps) {
  const id = useId();
  const rowHeight = useRowHeight();
  const { shown, selection, names } = pane;
  const activeIndex = selection.active === undefined ? -1 : names.indexOf(selection.active);
  const isActiveThere = activeIndex >= range.start && activeIndex < range.end;
  return (
    <table
      ref={grid}
      {...gridProps({
        rows: shown.length + 1,
        active: isActiveThere ? `${id}-${activeIndex}` : undefined,
        busy: !pane.folder.complete,
      })}
      className={styles.grid}
      onKeyDown={onKeyDown}
    >
      <Head pane={pane} />
      <tbody className={styles.rows} style={{ height: shown.length * rowHeight }}>
        {shown.slice(range.start, range.end).map((entry, offset) => {
          const index = range.start + offset;
          return (
            <FileRow
              key={entry.name}
              id={`${id}-${index}`}
              entry={entry}
              index={index}
              top={index * rowHeight}
              chosen={selection.chosen.has(entry.name)}
              active={selection.active === entry.name}
              renaming={renaming === entry.name}
              target={dropTarget === entry.name}
              events={events}
            />
          );
        })}
      </tbody>
    </table>
  );
}

function Head({ pane }: { pane: Pane }) {
  const { sort, descending } = pane.preferences;
  const choose = (column: Column) => pane.prefer({ sort: column, descending: column === sort && !descending });
  return (
    <thead>
      <tr className={styles.head} style={{ height: HEAD_HEIGHT }} aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <th
            key={column}
            scope="col"
            className={styles[column]}
            aria-sort={column !== sort ? 'none' : descending ? 'descending' : 'ascending'}
          >
            <button type="button" className={styles.sort} onClick={() => choose(column)}>
              {texts.files.columns[column]}
              {column === sort ? <Arrow descending={descending} /> : null}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Arrow({ descending }: { descending: boolean }) {
  const Icon = descending ? IconChevronDown : IconChevronUp;
  return <Icon size={12} aria-hidden />;
}
