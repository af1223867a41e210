import { Button } from '@mantine/core';
import styles from './PlaceMessage.module.css';

export interface PlaceMessageProps {
  title?: string | undefined;
  what?: string | undefined;
  act?: { label: string; run: () => void } | undefined;
  /** An error; otherwise it is a state. */
  failed?: boolean;
  /** Shows only when it takes its time. */
  late?: boolean;
}

/** What is said in the middle of a place where there would be something else. */
export function PlaceMessage({ title, what, act, failed, late }: PlaceMessageProps) {
  return (
    <div className={styles.message} role={failed ? 'alert' : 'status'} data-late={late || undefined}>
      {title === undefined ? null : <strong>{title}</strong>}
      {what === undefined ? null : <p>{what}</p>}
      {act ? (
        <Button variant="default" onClick={act.run}>
          {act.label}
        </Button>
      ) : null}
    </div>
  );
}
