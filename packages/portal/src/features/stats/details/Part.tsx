import type { ReactNode } from 'react';
import styles from './HealthDetails.module.css';

/** A card with a title. */
export function Part({ title, detail, children }: { title: string; detail?: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <header className={styles.head}>
        <h3>{title}</h3>
        {detail === undefined ? null : <span>{detail}</span>}
      </header>
      {children}
    </section>
  );
}
