import type { ReactNode } from 'react';
import styles from './Section.module.css';

interface SectionProps {
  title: string;
  /** A sentence under the title. */
  what?: string;
  children: ReactNode;
}

/** A part of the settings under its heading. */
export function Section({ title, what, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {what === undefined ? null : <p className={styles.what}>{what}</p>}
      {children}
    </section>
  );
}
