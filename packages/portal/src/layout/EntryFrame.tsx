import { type ReactNode, useEffect } from 'react';
import { texts } from '../base/texts.ts';
import styles from './EntryFrame.module.css';
import { Logo } from './Logo.tsx';

/** The calm frame of what comes before sign-in. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = title === texts.product ? title : `${title} · ${texts.product}`;
  }, [title]);
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <Logo />
          <h1>{title}</h1>
        </div>
        {children}
      </div>
    </main>
  );
}
