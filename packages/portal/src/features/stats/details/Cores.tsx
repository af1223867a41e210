import type { HealthSample } from '@porthole/protocol';
import { formatShare } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import styles from './Cores.module.css';
import { Meter } from './Meter.tsx';
import { Part } from './Part.tsx';

/** From here on there is room for the bars alone. */
const MANY = 64;

/** Each logical core, and how it is clocked. */
export function Cores({ sample: { cores, load } }: { sample: HealthSample }) {
  const clocks = cores.flatMap(({ mhz }) => mhz ?? []);
  const mean = clocks.length > 0 ? clocks.reduce((sum, mhz) => sum + mhz, 0) / clocks.length : undefined;
  const averages = load?.map((each) =>
    each.toLocaleString(texts.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  );
  return (
    <Part title={texts.health.cores} {...(mean === undefined ? {} : { detail: formatClock(mean) })}>
      <ul className={styles.cores} data-many={cores.length > MANY || undefined}>
        {cores
          .map(({ busy, mhz }, index) => ({ core: String(index), busy, mhz }))
          .map(({ core, busy, mhz }) => {
            const name = texts.health.core(core);
            const text = mhz === undefined ? formatShare(busy) : `${formatShare(busy)}, ${formatClock(mhz)}`;
            return (
              <li key={core} className={styles.core} title={`${name}: ${text}`}>
                <span className={styles.line}>
                  <span className={styles.name}>{core}</span>
                  <span>{formatShare(busy)}</span>
                </span>
                <Meter label={name} text={text} share={busy} />
              </li>
            );
          })}
      </ul>
      {averages ? <p className={styles.load}>{texts.health.loadOf(averages.join('  '))}</p> : null}
    </Part>
  );
}

function formatClock(mhz: number): string {
  const options = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${(mhz / 1_000).toLocaleString(texts.locale, options)} GHz`;
}
