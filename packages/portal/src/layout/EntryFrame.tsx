import type { ReactNode } from 'react';
import { Brand } from '../base/Brand.tsx';
import { usePageTitle, useProductTitle } from '../base/usePageTitle.ts';
import styles from './EntryFrame.module.css';

/** The calm frame of what comes before sign-in. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  const product = useProductTitle();
  usePageTitle(title);
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <Brand />
          <div>
            {title === product ? null : <p className={styles.product}>{product}</p>}
            <h1>{title}</h1>
          </div>
        </div>
        {children}
      </div>
    </main>
  );
}
