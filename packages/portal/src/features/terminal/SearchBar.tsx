import { IconChevronDown, IconChevronUp, IconLetterCase, IconRegex, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { IconButton } from '../../base/IconButton.tsx';
import { texts } from '../../base/texts.ts';
import styles from './bars.module.css';
import { searchOptions } from './screen/searchOptions.ts';
import type { TerminalPane } from './terminalPane.ts';

/** Longest text that is searched for. */
const LONGEST = 200;

/** Searches what is on the screen and above it. */
export function SearchBar({ pane }: { pane: TerminalPane }) {
  const words = texts.terminal.search;
  const { search } = pane.screen;
  const [query, setQuery] = useState('');
  const [caseSensitive, setCaseSensitive] = useState(false);
  const [regex, setRegex] = useState(false);
  const [found, setFound] = useState({ resultIndex: -1, resultCount: 0 });
  useEffect(() => {
    const listener = search.onDidChangeResults(setFound);
    return () => {
      listener.dispose();
      search.clearDecorations();
    };
  }, [search]);
  useEffect(() => {
    search.findPrevious(query, { ...searchOptions, caseSensitive, regex, incremental: true });
  }, [search, query, caseSensitive, regex]);
  const go = (back: boolean) => {
    const options = { ...searchOptions, caseSensitive, regex };
    if (back) search.findPrevious(query, options);
    else search.findNext(query, options);
  };
  const close = () => pane.setSearching(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key === 'Enter') go(!event.shiftKey);
  };
  return (
    <search className={styles.float}>
      <input
        type="text"
        aria-label={words.label}
        placeholder={words.label}
        value={query}
        maxLength={LONGEST}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        ref={focusOnce}
      />
      <span className={styles.count} role="status">
        {query === '' ? '' : describe(found)}
      </span>
      <IconButton
        label={words.case}
        pressed={caseSensitive}
        onClick={() => setCaseSensitive(!caseSensitive)}
        icon={<IconLetterCase size={16} />}
      />
      <IconButton label={words.regex} pressed={regex} onClick={() => setRegex(!regex)} icon={<IconRegex size={16} />} />
      <IconButton label={words.previous} onClick={() => go(true)} icon={<IconChevronUp size={16} />} />
      <IconButton label={words.next} onClick={() => go(false)} icon={<IconChevronDown size={16} />} />
      <IconButton label={words.close} onClick={close} icon={<IconX size={16} />} />
    </search>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

function describe({ resultIndex, resultCount }: { resultIndex: number; resultCount: number }): string {
  const words = texts.terminal.search;
  if (resultCount === 0) return words.none;
  return resultIndex < 0 ? words.many(resultCount) : words.of(resultIndex + 1, resultCount);
}
