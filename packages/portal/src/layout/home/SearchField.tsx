import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { compareNatural } from '../../base/compareNatural.ts';
import type { DeviceSummary } from '../../base/devicesStore.ts';
import { visibleText } from '../../base/format.ts';
import { type KnownWords, type SearchHint, searchHints } from '../../base/search/searchHints.ts';
import { useShortcut } from '../../base/shortcuts/useShortcut.ts';
import { texts } from '../../base/texts.ts';
import styles from './SearchField.module.css';

interface SearchFieldProps {
  query: string;
  setQuery(query: string): void;
  list: readonly DeviceSummary[];
}

/** The search, with how it might go on while somebody writes. */
export function SearchField({ query, setQuery, list }: SearchFieldProps) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('search', () => input.current?.focus());
  const id = useId();
  const known = useMemo(() => knownWords(list), [list]);
  const hints = isOpen ? searchHints(query, known) : [];
  const write = (next: string) => {
    setQuery(next);
    setActive(-1);
    setOpen(true);
  };
  const take = ({ query: next, isWhole }: SearchHint) => {
    write(next);
    setOpen(!isWhole);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const hint = hints[active];
    if (event.key === 'Escape') {
      if (hints.length === 0) setQuery('');
      setOpen(false);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((before) => ((before + step + 1 + hints.length + 1) % (hints.length + 1)) - 1);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && hint) {
      event.preventDefault();
      take(hint);
    }
  };
  const isShown = hints.length > 0;
  return (
    <search className={styles.search}>
      <TextInput
        ref={input}
        type="search"
        role="combobox"
        aria-label={texts.home.search}
        aria-expanded={isShown}
        aria-controls={isShown ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={hints[active] ? `${id}-${active}` : undefined}
        placeholder={texts.home.searchHint}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => write(event.currentTarget.value)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isShown ? (
        <div id={id} className={styles.hints} role="listbox" aria-label={texts.arrange.hints}>
          {hints.map((hint, at) => (
            <div
              key={hint.label}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              tabIndex={-1}
              // The field keeps the keyboard; a click would come after it had left.
              onPointerDown={(event) => {
                event.preventDefault();
                take(hint);
              }}
            >
              {visibleText(hint.label, 80)}
            </div>
          ))}
        </div>
      ) : null}
    </search>
  );
}

function knownWords(list: readonly DeviceSummary[]): KnownWords {
  const distinct = (words: readonly (string | null)[]) =>
    [...new Set(words.filter((word) => word !== null && word !== ''))]
      .filter((word) => word !== null)
      .sort(compareNatural);
  return {
    groups: distinct(list.map(({ profile }) => profile.group)),
    tags: distinct(list.flatMap(({ profile }) => profile.tags)),
    systems: distinct(list.map(({ system }) => system)),
  };
}
