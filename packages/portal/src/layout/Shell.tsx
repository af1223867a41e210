import type { ReactNode } from 'react';
import { useConnection } from '../base/portalContext.ts';
import { texts } from '../base/texts.ts';
import { useStore } from '../base/useStore.ts';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { UnsavedNotice } from './UnsavedNotice.tsx';
import { usePageVisibility } from './usePageVisibility.ts';

/** Rail and page. While the connection is lost the page stays, greyed, under a thin line. */
export function Shell({ children }: { children: ReactNode }) {
  const { phase } = useStore(useConnection().state);
  usePageVisibility();
  const lost = phase === 'reconnecting';
  return (
    <div className={styles.shell} data-lost={lost || undefined}>
      <Rail />
      <main className={styles.page}>{children}</main>
      {phase === 'open' ? null : <div className={styles.line} aria-hidden />}
      <p className={styles.status} role="status" data-shown={lost || undefined}>
        {lost ? texts.link.reconnecting : ''}
      </p>
      <UnsavedNotice />
    </div>
  );
}
