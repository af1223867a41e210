import { Button } from '@mantine/core';
import { texts } from '../../base/texts.ts';
import styles from './FolderMessage.module.css';

interface FolderMessageProps {
  kind: 'loading' | 'empty' | 'onlyHidden' | 'failed' | 'offline' | 'off' | 'denied' | 'noMatch';
  /** More about it. */
  what?: string | undefined;
  act?: { label: string; run: () => void } | undefined;
}

/** What is said where entries would be. */
export function FolderMessage({ kind, what, act }: FolderMessageProps) {
  const { state } = texts.files;
  if (kind === 'loading') return <Skeleton />;
  return (
    <div className={styles.message} role={kind === 'failed' ? 'alert' : 'status'}>
      {kind === 'noMatch' ? null : <strong>{state[kind]}</strong>}
      {what === undefined ? null : <p>{what}</p>}
      {act ? (
        <Button variant="default" onClick={act.run}>
          {act.label}
        </Button>
      ) : null}
    </div>
  );
}

/** Shows only when it takes its time. */
function Skeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={texts.files.state.loading}>
      {[1, 2, 3, 4, 5, 6].map((line) => (
        <div key={line} />
      ))}
    </div>
  );
}
