import type { StatsSample } from '@porthole/protocol';
import type { CSSProperties } from 'react';
import { formatMemory, formatShare } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import styles from './LoadBars.module.css';

/** Two hair-thin bars, processor and memory; the numbers come up on approach. Keeps its height without a sample. */
export function LoadBars({ stats }: { stats: StatsSample | null }) {
  const memory = stats ? memoryShare(stats) : 0;
  const used = stats ? texts.device.memoryOf(formatMemory(stats.memory.used), formatMemory(stats.memory.total)) : '–';
  return (
    <div className={styles.bars}>
      <Bar label={texts.device.cpu} share={stats?.cpu ?? 0} text={stats ? formatShare(stats.cpu) : '–'} />
      <Bar label={texts.device.memory} share={memory} text={used} />
    </div>
  );
}

function memoryShare({ memory }: StatsSample): number {
  return memory.total > 0 ? Math.min(1, memory.used / memory.total) : 0;
}

function Bar({ label, share, text }: { label: string; share: number; text: string }) {
  return (
    <div
      className={styles.bar}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={text}
      title={`${label} ${text}`}
    >
      <span className={styles.track}>
        <span
          className={styles.fill}
          data-high={share >= 0.9 || undefined}
          style={{ '--share': share } as CSSProperties}
        />
      </span>
      <span className={styles.number} aria-hidden>
        {label} {text}
      </span>
    </div>
  );
}
