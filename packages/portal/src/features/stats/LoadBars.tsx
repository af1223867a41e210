import type { StatsSample } from '@porthole/protocol';
import type { CSSProperties } from 'react';
import { formatMemory, formatShare } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import styles from './LoadBars.module.css';

/** Two hair-thin bars, processor and memory; the numbers come up on approach. Keeps its height without a sample. */
export function LoadBars({ stats }: { stats: StatsSample | null }) {
  const memory = stats ? memoryShare(stats) : undefined;
  const used = stats && texts.device.memoryOf(formatMemory(stats.memory.used), formatMemory(stats.memory.total));
  return (
    <div className={styles.bars}>
      <Bar label={texts.device.cpu} share={stats?.cpu} />
      <Bar label={texts.device.memory} share={memory} detail={used ?? undefined} />
    </div>
  );
}

function memoryShare({ memory }: StatsSample): number {
  return memory.total > 0 ? Math.min(1, memory.used / memory.total) : 0;
}

interface BarProps {
  label: string;
  /** 0..1; undefined while it is not known. */
  share: number | undefined;
  /** More than fits on the card. */
  detail?: string | undefined;
}

function Bar({ label, share, detail }: BarProps) {
  const known = share ?? 0;
  const text = share === undefined ? '–' : formatShare(share);
  return (
    <div className={styles.bar} title={`${label} ${detail ?? text}`}>
      <meter className="hidden-visually" aria-label={label} aria-valuetext={detail ?? text} value={known} />
      <span className={styles.track}>
        <span
          className={styles.fill}
          data-high={known >= 0.9 || undefined}
          style={{ '--share': known } as CSSProperties}
        />
      </span>
      <span className={styles.number} aria-hidden>
        {label} {text}
      </span>
    </div>
  );
}
