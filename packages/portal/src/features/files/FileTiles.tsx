import type { FileEntry } from '@porthole/protocol';
import { type KeyboardEvent, memo, type RefObject, useId } from 'react';
import { visibleText } from '../../base/format.ts';
import { type EntryEvents, type EntryProps, entryHandlers } from './FileRow.tsx';
import styles from './FileTiles.module.css';
import { RenameField } from './RenameField.tsx';
import { cellProps, gridProps } from './roles.ts';
import { TILE_HEIGHT } from './rowSizes.ts';
import { Thumbnail } from './Thumbnail.tsx';
import type { Pane } from './usePane.ts';

interface FileTilesProps {
  pane: Pane;
  grid: RefObject<HTMLTableElement | null>;
  /** Rows of tiles to have in the page. */
  range: { start: number; end: number };
  columns: number;
  renaming: string | undefined;
  dropTarget: string | undefined;
  events: EntryEvents;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The entries as tiles with small pictures; only those near the window are in the page. */
export function FileTiles({ pane, grid, range, columns, renaming, dropTarget, events, onKeyDown }: FileTilesProps) {
  const id = useId();
  const { shown, selection, names } = pane;
  const activeIndex = selection.active === undefined ? -1 : names.indexOf(selection.active);
  const isActiveThere = activeIndex >= range.start * columns && activeIndex < range.end * columns;
  const rows = Array.from({ length: range.end - range.start }, (_, offset) => range.start + offset);
  return (
    <table
      ref={grid}
      {...gridProps({
        rows: Math.ceil(shown.length / columns),
        columns,
        active: isActiveThere ? `${id}-${activeIndex}` : undefined,
        busy: !pane.folder.complete,
      })}
      className={styles.grid}
      style={{ height: Math.ceil(shown.length / columns) * TILE_HEIGHT }}
      onKeyDown={onKeyDown}
    >
      <tbody>
        {rows.map((row) => (
          <tr
            key={row}
            aria-rowindex={row + 1}
            className={styles.row}
            style={{ top: row * TILE_HEIGHT, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {shown.slice(row * columns, (row + 1) * columns).map((entry, column) => {
              const index = row * columns + column;
              return (
                <FileTile
                  key={entry.name}
                  id={`${id}-${index}`}
                  entry={entry}
                  index={index}
                  thumbnail={thumbnailUrl(pane, entry)}
                  chosen={selection.chosen.has(entry.name)}
                  active={selection.active === entry.name}
                  renaming={renaming === entry.name}
                  target={dropTarget === entry.name}
                  events={events}
                />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The picture changes with the file, so the browser may keep it. */
function thumbnailUrl(pane: Pane, entry: FileEntry): string {
  return pane.api.thumbnailUrl(pane.pathOf(entry.name), 256, `${entry.modified}-${entry.size}`);
}

const FileTile = memo(function FileTile({ entry, thumbnail, ...rest }: EntryProps & { thumbnail: string }) {
  const { index, id, chosen, active, renaming, target, events } = rest;
  return (
    <td
      {...cellProps(chosen)}
      id={id}
      className={styles.tile}
      data-active={active || undefined}
      data-target={target || undefined}
      {...entryHandlers(index, events, renaming)}
    >
      <Thumbnail entry={entry} url={thumbnail} />
      {renaming ? (
        <RenameField name={entry.name} done={(to) => events.renamed(entry.name, to)} />
      ) : (
        <span className={styles.label} title={visibleText(entry.name)}>
          {visibleText(entry.name)}
        </span>
      )}
    </td>
  );
});
