import { fileName } from '@porthole/protocol';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { texts } from '../../base/texts.ts';
import styles from './RenameField.module.css';

/** The name of an entry, being changed in its place. `done` is told the new name once, or undefined when it stays. */
export function RenameField({ name, done }: { name: string; done: (to: string | undefined) => void }) {
  const [value, setValue] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const told = useRef(false);
  useEffect(() => {
    const input = field.current;
    input?.focus();
    const dot = name.lastIndexOf('.');
    input?.setSelectionRange(0, dot > 0 ? dot : name.length);
  }, [name]);
  const valid = fileName.safeParse(value).success;
  const finish = (to: string | undefined) => {
    if (told.current) return;
    told.current = true;
    done(to === name ? undefined : to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') finish(undefined);
    if (event.key === 'Enter' && valid) finish(value);
  };
  return (
    <input
      ref={field}
      className={styles.field}
      aria-label={texts.files.dialogs.name}
      aria-invalid={!valid}
      title={valid ? undefined : texts.files.dialogs.nameRule}
      value={value}
      spellCheck={false}
      onChange={(event) => setValue(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(valid ? value : undefined)}
    />
  );
}
