import { Button } from '@mantine/core';
import styles from './TerminalMessage.module.css';

interface TerminalMessageProps {
  title: string;
  what?: string | undefined;
  act?: { label: string; run: () => void } | undefined;
  /** Shows only when it takes its time. */
  late?: boolean;
}

/** What is said where terminals would be. */
export function TerminalMessage({ title, what, act, late }: TerminalMessageProps) {
  return (
    <div className={styles.message} role="status" data-late={late || undefined}>
      <strong>{title}</strong>
      {what === undefined ? null : <p>{what}</p>}
      {act ? (
        <Button variant="default" onClick={act.run}>
          {act.label}
        </Button>
      ) : null}
    </div>
  );
}
