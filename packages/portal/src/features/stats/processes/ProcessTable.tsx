import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react';
import { texts } from '../../../base/texts.ts';
import { useRowWindow } from '../../../base/useRowWindow.ts';
import { scrollToRow } from '../../../base/virtualRows.ts';
import { type Arrangement, PROCESS_COLUMNS, type ProcessColumn, type ProcessLine } from './orderProcesses.ts';
import { ProcessLineRow } from './ProcessLineRow.tsx';
import styles from './ProcessTable.module.css';
import { ROW_HEIGHT } from './rowHeight.ts';

interface ProcessTableProps {
  lines: readonly ProcessLine[];
  arrangement: Arrangement;
  arrange(part: Partial<Arrangement>): void;
  /** Key of the chosen process. */
  chosen: string | undefined;
  choose(key: string): void;
  /** Whether the order must stand still now. */
  hold(on: boolean): void;
  /** By the keyboard; undefined for those who may not. */
  end: ((kill: boolean) => void) | undefined;
}

/** The processes as a grid, of which only what is near the window is in the page. */
export function ProcessTable(props: ProcessTableProps) {
  const { lines, arrangement, arrange, chosen, choose, hold } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const id = useId();
  const { start, end } = useRowWindow(scroller, { count: lines.length, rowHeight: ROW_HEIGHT });
  const active = lines.findIndex(({ key }) => key === chosen);
  const fold = (key: string) => arrange({ folded: toggled(arrangement.folded, key) });
  useHold(grid, hold);
  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        ref={grid}
        className={styles.grid}
        {...gridProps({
          lines,
          tree: arrangement.tree,
          active: active >= start && active < end ? `${id}-${active}` : undefined,
        })}
        onKeyDown={(event) => onKey(event, { ...props, active, fold, scroller: scroller.current })}
      >
        <Head arrangement={arrangement} arrange={arrange} />
        <tbody className={styles.rows} style={{ height: lines.length * ROW_HEIGHT }}>
          {lines.slice(start, end).map((line, offset) => (
            <ProcessLineRow
              key={line.key}
              id={`${id}-${start + offset}`}
              line={line}
              index={start + offset}
              tree={arrangement.tree}
              chosen={line.key === chosen}
              folded={arrangement.folded.has(line.key)}
              choose={choose}
              fold={fold}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface GridShape {
  lines: readonly ProcessLine[];
  tree: boolean;
  /** The id of the line that the keyboard is at, when it is in the page. */
  active: string | undefined;
}

/** A table that takes the keyboard as a whole is a grid. */
function gridProps({ lines, tree, active }: GridShape) {
  return {
    role: tree ? 'treegrid' : 'grid',
    tabIndex: 0,
    'aria-label': texts.health.processes,
    'aria-rowcount': lines.length + 1,
    'aria-activedescendant': active,
  } as const;
}

function Head({ arrangement: { sort, descending }, arrange }: Pick<ProcessTableProps, 'arrangement' | 'arrange'>) {
  const choose = (column: ProcessColumn) =>
    arrange({ sort: column, descending: column === sort ? !descending : column === 'cpu' || column === 'memory' });
  const Arrow = descending ? IconChevronDown : IconChevronUp;
  return (
    <thead>
      <tr className={styles.head} aria-rowindex={1}>
        {PROCESS_COLUMNS.map((column) => (
          <th
            key={column}
            scope="col"
            className={styles[column]}
            aria-sort={column !== sort ? 'none' : descending ? 'descending' : 'ascending'}
          >
            <button type="button" className={styles.sort} tabIndex={-1} onClick={() => choose(column)}>
              {texts.health.columns[column]}
              {column === sort ? <Arrow size={12} aria-hidden /> : null}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The order stands still while the pointer is over the rows, or the keyboard among them. */
function useHold(grid: RefObject<HTMLTableElement | null>, hold: (on: boolean) => void): void {
  useEffect(() => {
    const table = grid.current;
    const body = table?.tBodies[0];
    if (!table || !body) return;
    let [pointed, focused] = [false, false];
    const told = (part: { pointed?: boolean; focused?: boolean }) => {
      pointed = part.pointed ?? pointed;
      focused = part.focused ?? focused;
      hold(pointed || focused);
    };
    const listeners = {
      pointerenter: () => told({ pointed: true }),
      pointerleave: () => told({ pointed: false }),
    };
    const focus = () => told({ focused: table.matches(':focus-visible') });
    const blur = () => told({ focused: false });
    for (const [name, listener] of Object.entries(listeners)) body.addEventListener(name, listener);
    table.addEventListener('focus', focus);
    table.addEventListener('blur', blur);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) body.removeEventListener(name, listener);
      table.removeEventListener('focus', focus);
      table.removeEventListener('blur', blur);
      hold(false);
    };
  }, [grid, hold]);
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return set.has(key) ? new Set([...set].filter((each) => each !== key)) : new Set([...set, key]);
}

interface KeyContext extends ProcessTableProps {
  active: number;
  fold(key: string): void;
  scroller: HTMLElement | null;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: -Number.MAX_SAFE_INTEGER,
  End: Number.MAX_SAFE_INTEGER,
};

function onKey(event: KeyboardEvent, { lines, active, choose, fold, end, arrangement, scroller }: KeyContext): void {
  const line = lines[active];
  const step = STEPS[event.key];
  if (step !== undefined) {
    const index = Math.min(lines.length - 1, Math.max(0, active < 0 ? 0 : active + step));
    const next = lines[index];
    if (next) choose(next.key);
    if (scroller) reveal(scroller, index);
  } else if (event.key === 'Delete' && line && end) end(event.shiftKey);
  else if (line && foldsBy(event.key, line, arrangement)) fold(line.key);
  else return;
  event.preventDefault();
}

/** Whether the key folds the line, or unfolds it. */
function foldsBy(key: string, line: ProcessLine, { tree, folded }: Arrangement): boolean {
  if (!tree || line.children === 0) return false;
  return key === (folded.has(line.key) ? 'ArrowRight' : 'ArrowLeft');
}

function reveal(scroller: HTMLElement, row: number): void {
  scroller.scrollTop = scrollToRow({
    row,
    rowHeight: ROW_HEIGHT,
    scrolled: scroller.scrollTop,
    height: scroller.clientHeight,
    head: ROW_HEIGHT,
  });
}
