import type { CSSProperties } from 'react';
import styles from './Meter.module.css';

interface MeterProps {
  /** What it measures, with its value: for those who do not see the bar. */
  label: string;
  text: string;
  /** 0..1. */
  share: number;
  /** From here on it is too much; never when left out. */
  high?: number;
}

/** A share as a bar. */
export function Meter({ label, text, share, high = 2 }: MeterProps) {
  return (
    <>
      <meter className="hidden-visually" aria-label={label} aria-valuetext={text} value={share} />
      <span className={styles.track} aria-hidden>
        <span
          className={styles.fill}
          data-high={share >= high || undefined}
          style={{ '--share': Math.min(1, Math.max(0, share)) } as CSSProperties}
        />
      </span>
    </>
  );
}
