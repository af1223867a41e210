import type { Device, HomeField } from '@porthole/protocol';
import type { CSSProperties } from 'react';
import { formatMemory, formatShare, formatSize } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { isMeter, type Meter, meterOf } from './fieldText.ts';
import styles from './MeterBars.module.css';

/** Hair-thin bars side by side; their numbers lie over the line above on approach. They keep their place without a sample. */
export function MeterBars({ device, fields }: { device: Device; fields: readonly HomeField[] }) {
  const meters = fields.filter(isMeter);
  if (meters.length === 0) return null;
  return (
    <div className={styles.bars}>
      {meters.map((meter) => (
        <Bar key={meter} device={device} meter={meter} />
      ))}
    </div>
  );
}

/** One bar without its number, for where that stands beside it. */
export function MeterTrack({ device, meter }: { device: Device; meter: Meter }) {
  const share = meterOf(device, meter) ?? 0;
  // What is nearly empty is bad in a battery, what is nearly full in all else.
  const isBad = meter === 'battery' ? share > 0 && share <= 0.1 : share >= 0.9;
  const style = { '--share': `${share * 100}%` } as CSSProperties;
  return <span className={styles.track} data-bad={isBad || undefined} style={style} />;
}

function Bar({ device, meter }: { device: Device; meter: Meter }) {
  const share = meterOf(device, meter);
  const label = texts.arrange.fieldNames[meter];
  const text = share === undefined ? '–' : formatShare(share);
  const detail = share === undefined ? text : detailOf(device, meter, text);
  return (
    <div className={styles.bar} title={`${label} ${detail}`}>
      <meter className="hidden-visually" aria-label={label} aria-valuetext={detail} value={share ?? 0} />
      <MeterTrack device={device} meter={meter} />
      <span className={styles.number} aria-hidden>
        {label} {text}
      </span>
    </div>
  );
}

/** More than fits on a card: how much of how much. */
function detailOf({ stats }: Device, meter: Meter, text: string): string {
  const used = meter === 'memory' || meter === 'disk' ? stats?.[meter] : undefined;
  if (!used) return text;
  const format = meter === 'memory' ? formatMemory : formatSize;
  return texts.device.memoryOf(format(used.used), format(used.total));
}
