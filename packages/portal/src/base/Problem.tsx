import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './Problem.module.css';

/** Why something a person asked for did not happen; read out when it appears. Nothing is shown for undefined. */
export function Problem({ children }: { children: string | undefined }) {
  return (
    <div role="alert">
      {children === undefined ? null : (
        <p className={styles.problem}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{children}</span>
        </p>
      )}
    </div>
  );
}
