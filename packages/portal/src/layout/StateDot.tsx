import styles from './StateDot.module.css';

/** Online is a filled disc, offline a ring: the shape says it without the colour. Decoration beside the word. */
export function StateDot({ online }: { online: boolean }) {
  return <span className={styles.dot} data-online={online || undefined} aria-hidden />;
}
