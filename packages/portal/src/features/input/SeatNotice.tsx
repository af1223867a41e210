import { useEffect } from 'react';
import styles from './SeatNotice.module.css';
import type { Seat } from './useSeat.ts';

const SHOWN_MS = 6000;

/** A quiet word on what happened to control; it goes by itself. */
export function SeatNotice({ seat: { session, notice } }: { seat: Seat }) {
  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => session.dismissNotice(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [session, notice]);
  return (
    <div className={styles.place} role="status">
      {notice === undefined ? null : <p className={styles.notice}>{notice}</p>}
    </div>
  );
}
