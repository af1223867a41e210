import { texts } from '../../base/texts.ts';
import styles from './KeyboardFrame.module.css';

/** The frame of a screen that has the keyboard, with the chord that gives it back. */
export function KeyboardFrame({ shown }: { shown: boolean }) {
  return (
    <div className={styles.frame} data-shown={shown || undefined}>
      {shown ? <span className={styles.hint}>{texts.control.chord}</span> : null}
    </div>
  );
}
