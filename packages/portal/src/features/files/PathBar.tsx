import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { isFolder } from './arrangeEntries.ts';
import { childPath, crumbsOf, parentPath, pathsBeginning, resolveTyped, type Separator } from './filePaths.ts';
import type { FilesApi } from './filesApi.ts';
import styles from './PathBar.module.css';

interface PathBarProps {
  api: FilesApi;
  separator: Separator;
  path: string;
  go(path: string): void;
}

/** Where one is: every folder on the way is a button, and the whole can be typed. */
export function PathBar(props: PathBarProps) {
  const [editing, setEditing] = useState(false);
  return editing ? (
    <PathField {...props} close={() => setEditing(false)} />
  ) : (
    <Crumbs {...props} edit={() => setEditing(true)} />
  );
}

function Crumbs({ separator, path, go, edit }: PathBarProps & { edit: () => void }) {
  const crumbs = crumbsOf(path, separator);
  const list = useRef<HTMLOListElement>(null);
  // The end of a long path is what one wants to see.
  useEffect(() => {
    const element = list.current;
    if (element && path !== '') element.scrollLeft = element.scrollWidth;
  }, [path]);
  return (
    <nav className={styles.bar} aria-label={texts.files.nav.label}>
      <ol ref={list} className={styles.crumbs}>
        {crumbs.map(({ name, path: target }, index) => (
          <li key={target}>
            <button
              type="button"
              className={styles.crumb}
              aria-current={index === crumbs.length - 1 ? 'location' : undefined}
              onClick={() => go(target)}
            >
              {visibleText(name, 60)}
            </button>
          </li>
        ))}
      </ol>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={texts.files.nav.edit}
        title={texts.files.nav.edit}
        onClick={edit}
      >
        <IconPencil size={16} aria-hidden />
      </ActionIcon>
    </nav>
  );
}

function PathField({ api, separator, path, go, close }: PathBarProps & { close: () => void }) {
  const [value, setValue] = useState(path);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const proposals = useProposals(api, separator, resolveTyped(value, path, separator), value.endsWith(separator));
  useEffect(() => field.current?.select(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter') return;
    close();
    go(resolveTyped(value, path, separator));
  };
  return (
    <div className={styles.bar}>
      <input
        ref={field}
        className={styles.field}
        aria-label={texts.files.nav.path}
        list={listId}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <datalist id={listId}>
        {proposals.map((proposal) => (
          <option key={proposal} value={proposal} />
        ))}
      </datalist>
    </div>
  );
}

/** How many folders are looked through for what was typed. */
const LOOK_AT = 2_000;
/** And how many of them are proposed. */
const MAX_PROPOSALS = 200;

/** Folders that what was typed may become. */
function useProposals(api: FilesApi, separator: Separator, typed: string, isWhole: boolean): readonly string[] {
  const folder = isWhole ? typed : (parentPath(typed, separator) ?? typed);
  const [folders, setFolders] = useState<readonly string[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      api.list(folder, { limit: LOOK_AT }, abort.signal).then(
        ({ entries }) => setFolders(entries.filter(isFolder).map(({ name }) => childPath(folder, name, separator))),
        // Half a path leads nowhere, which is what typing is like.
        () => setFolders([]),
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, folder, separator]);
  return pathsBeginning(typed, folders, MAX_PROPOSALS);
}
