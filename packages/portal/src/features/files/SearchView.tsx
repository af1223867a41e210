import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useRowHeight } from '../../base/appearance/useRowHeight.ts';
import { formatSize, visibleText } from '../../base/format.ts';
import { Problem } from '../../base/Problem.tsx';
import { texts } from '../../base/texts.ts';
import { useRowWindow } from '../../base/useRowWindow.ts';
import { isFolder } from './arrangeEntries.ts';
import { EntryIcon } from './EntryIcon.tsx';
import { parentPath } from './filePaths.ts';
import type { FoundEntry } from './filesApi.ts';
import styles from './SearchView.module.css';
import type { Pane } from './usePane.ts';
import { keptIn, type SearchShelf, useSearch } from './useSearch.ts';

/** How many rows are above what one comes back to. */
const ROWS_ABOVE = 4;

interface SearchViewProps {
  pane: Pane;
  shelf: SearchShelf;
  /** Whether one of what was found is being looked at. */
  viewing: boolean;
  close(): void;
}

/** Names below a folder: what is found shows as it is found, until all is searched or it is stopped. */
export function SearchView({ pane, shelf, viewing, close }: SearchViewProps) {
  const { search: words, nav } = texts.files;
  const [kept] = useState(() => keptIn(shelf, pane.path));
  const [name, setName] = useState(kept?.name ?? '');
  const { found, phase, error, start, stop } = useSearch(pane, kept);
  const keep = ({ path: opened }: FoundEntry) => {
    // What still runs ends when its folder is left.
    shelf.current = { folder: pane.path, name, found, phase: phase === 'running' ? 'done' : phase, opened };
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') start(name.trim());
  };
  return (
    <div className={styles.view}>
      <search>
        <form className={styles.bar} onSubmit={submit}>
          <TextInput
            type="search"
            size="xs"
            className={styles.field}
            aria-label={nav.search}
            placeholder={nav.searchHint}
            value={name}
            maxLength={255}
            autoFocus={kept === undefined}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && close()}
          />
          {phase === 'running' ? (
            <Button size="xs" variant="default" onClick={stop}>
              {words.stop}
            </Button>
          ) : null}
          <Button size="xs" variant="subtle" color="gray" onClick={close}>
            {words.close}
          </Button>
          <span className={styles.count} role="status">
            {phase === 'running' ? words.running : ''} {phase === 'idle' ? '' : words.found(found.length)}
          </span>
        </form>
      </search>
      <Problem>{error}</Problem>
      {phase === 'truncated' ? <p className={styles.more}>{words.truncated}</p> : null}
      <Results pane={pane} found={found} opened={kept?.opened} viewing={viewing} keep={keep} />
    </div>
  );
}

interface ResultsProps {
  pane: Pane;
  found: readonly FoundEntry[];
  /** The path of what was looked at before one came back. */
  opened: string | undefined;
  viewing: boolean;
  keep(opened: FoundEntry): void;
}

function Results({ pane, found, opened, viewing, keep }: ResultsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const { start, end } = useRowWindow(scroller, { count: found.length, rowHeight });
  // Whoever comes back goes on where they were.
  const back = useRef(opened);
  const backAt = found.findIndex(({ path }) => path === opened);
  useEffect(() => {
    if (scroller.current && backAt >= 0) scroller.current.scrollTop = (backAt - ROWS_ABOVE) * rowHeight;
  }, [backAt, rowHeight]);
  useEffect(() => {
    if (viewing || back.current === undefined || end <= start) return;
    const row = [...(scroller.current?.querySelectorAll('button') ?? [])].find(({ value }) => value === back.current);
    if (!row) return;
    back.current = undefined;
    row.focus();
  }, [viewing, start, end]);
  const open = (entry: FoundEntry) => {
    keep(entry);
    back.current = entry.path;
    const folder = parentPath(entry.path, pane.separator) ?? entry.path;
    pane.go(isFolder(entry) ? { path: entry.path, open: undefined } : { path: folder, open: entry.name });
  };
  return (
    <div ref={scroller} className={styles.results}>
      <ul aria-label={texts.files.search.results} style={{ height: found.length * rowHeight }}>
        {found.slice(start, end).map((entry, offset) => (
          <li key={entry.path} style={{ top: (start + offset) * rowHeight }}>
            <button type="button" value={entry.path} className={styles.row} onClick={() => open(entry)}>
              <EntryIcon entry={entry} size={16} />
              <span className={styles.name}>{visibleText(entry.name)}</span>
              <span className={styles.where}>{visibleText(parentPath(entry.path, pane.separator) ?? '', 1024)}</span>
              <span className={styles.size}>{isFolder(entry) ? '' : formatSize(entry.size)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
