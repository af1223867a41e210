import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type Command, commands } from '../../base/commandsRegistry.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import { besideCommands } from './deviceCommands.ts';
import styles from './Palette.module.css';
import { closePalette, paletteState } from './paletteState.ts';
import { makeSearchable, rankCommands } from './rankCommands.ts';
import { noteRecent, readRecent } from './recentCommands.ts';
import { usePaletteKey } from './usePaletteKey.ts';

/** Everything that can be done, by its name: type, choose, Enter. Not there until it is asked for. */
export function Palette() {
  const { open } = useStore(paletteState);
  usePaletteKey();
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const words = texts.palette;
  const { beside } = useStore(paletteState);
  const connection = useConnection();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [recent] = useState(() => readRecent(localStorage));
  const all = useMemo(
    () => makeSearchable(beside ? besideCommands(connection, beside) : commands.all()),
    [beside, connection],
  );
  const found = useMemo(() => rankCommands(all, query, recent), [all, query, recent]);
  const listId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  const run = (command: Command | undefined) => {
    if (!command) return;
    noteRecent(localStorage, command.id);
    closePalette();
    // Only when the dialog has left the page and given the focus back: what runs may want it elsewhere.
    setTimeout(() => command.run(), 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, chosen, found.length);
    if (event.key === 'Enter') run(found[chosen]);
    else if (next === undefined) return;
    else setChosen(next);
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={beside ? words.beside : words.title}
      onCancel={closePalette}
      onPointerDown={(event) => event.target === dialog.current && closePalette()}
    >
      <div className={styles.content}>
        <label className={styles.field}>
          <IconSearch size={16} aria-hidden />
          <input
            type="text"
            role="combobox"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={beside ? words.besideHint : words.hint}
            aria-label={beside ? words.beside : words.title}
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={found[chosen] ? `${listId}-${String(chosen)}` : undefined}
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
          />
        </label>
        <List id={listId} found={found} chosen={chosen} run={run} hover={setChosen} />
        <p className={styles.none} role="status">
          {found.length === 0 ? words.none : ''}
        </p>
      </div>
    </dialog>
  );
}

interface ListProps {
  id: string;
  found: readonly Command[];
  chosen: number;
  run(command: Command): void;
  hover(index: number): void;
}

function List({ id, found, chosen, run, hover }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div ref={list} id={id} className={styles.list} role="listbox" aria-label={texts.palette.title}>
      {found.map((command, index) => (
        <div
          key={command.id}
          id={`${id}-${String(index)}`}
          className={styles.item}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseMove={() => hover(index)}
          onClick={() => run(command)}
          onKeyDown={(event) => event.key === 'Enter' && run(command)}
        >
          <span className={styles.title}>{command.title}</span>
          {command.detail ? <span className={styles.detail}>{command.detail}</span> : null}
          {command.keys ? <kbd className={styles.keys}>{command.keys}</kbd> : null}
        </div>
      ))}
    </div>
  );
}

const PAGE = 8;

function nextIndex(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return count === 0 ? 0 : (index + 1) % count;
    case 'ArrowUp':
      return count === 0 ? 0 : (index + count - 1) % count;
    case 'PageDown':
      return Math.max(0, Math.min(count - 1, index + PAGE));
    case 'PageUp':
      return Math.max(0, index - PAGE);
    default:
      return undefined;
  }
}
