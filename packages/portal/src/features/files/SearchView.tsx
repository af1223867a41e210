import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
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

/** Names below a folder: what is found shows as it is found, until all is searched or it is stopped. */
export function SearchView({ pane, close }: { pane: Pane; close: () => void }) {
  const { search: words, nav } = texts.files;
  const [name, setName] = useState('');
  const { found, phase, error, start, stop } = useSearch(pane);
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
            autoFocus
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
      <Results pane={pane} found={found} />
    </div>
  );
}

function Results({ pane, found }: { pane: Pane; found: readonly FoundEntry[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const { start, end } = useRowWindow(scroller, { count: found.length, rowHeight });
  const open = (entry: FoundEntry) => {
    const folder = parentPath(entry.path, pane.separator) ?? entry.path;
    pane.go(isFolder(entry) ? { path: entry.path, open: undefined } : { path: folder, open: entry.name });
  };
  return (
    <div ref={scroller} className={styles.results}>
      <ul aria-label={texts.files.search.results} style={{ height: found.length * rowHeight }}>
        {found.slice(start, end).map((entry, offset) => (
          <li key={entry.path} style={{ top: (start + offset) * rowHeight }}>
            <button type="button" className={styles.row} onClick={() => open(entry)}>
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

type Phase = 'idle' | 'running' | 'done' | 'truncated';

function useSearch(pane: Pane) {
  const [found, setFound] = useState<readonly FoundEntry[]>([]);
  const [phase, setPhase] = useState<Phase>('idle');
  const [error, setError] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const stop = () => {
    running.current?.abort();
    setPhase('done');
  };
  const start = (name: string) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setFound([]);
    setError(undefined);
    setPhase('running');
    const asked = { path: pane.path, name, hidden: pane.preferences.hidden };
    const told = (some: readonly FoundEntry[]) => {
      if (!abort.signal.aborted) setFound((before) => [...before, ...some]);
    };
    pane.api.search(asked, { told, signal: abort.signal }).then(
      (truncated) => setPhase(truncated ? 'truncated' : 'done'),
      (reason: unknown) => {
        if (abort.signal.aborted) return;
        setError(sentenceOf(reason));
        setPhase('done');
      },
    );
  };
  return { found, phase, error, start, stop };
}
