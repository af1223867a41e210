import { MAX_TITLE } from '@porthole/protocol';
import { type KeyboardEvent, useRef } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './TabStrip.module.css';

interface TabNameProps {
  name: string;
  /** What it is called while it has no name. */
  hint: string;
  /** The new name; undefined: as it was. */
  done(name: string | undefined): void;
}

/** A tab whose name is being changed. An empty one lets the programs in it name it again. */
export function TabName({ name, hint, done }: TabNameProps) {
  const decided = useRef(false);
  const decide = (next: string | undefined) => {
    if (decided.current) return;
    decided.current = true;
    done(next === name ? undefined : next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') decide(event.currentTarget.value.trim());
    if (event.key === 'Escape') decide(undefined);
  };
  return (
    <input
      className={styles.field}
      aria-label={texts.terminal.tabs.name}
      placeholder={hint}
      defaultValue={name}
      maxLength={MAX_TITLE}
      ref={selectAll}
      onKeyDown={onKeyDown}
      onBlur={(event) => decide(event.currentTarget.value.trim())}
    />
  );
}

function selectAll(input: HTMLInputElement | null): void {
  input?.select();
}
