import type { Device } from '@porthole/protocol';
import { formatExact, formatMoment } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useNow } from '../../base/useNow.ts';
import styles from './Notice.module.css';

/** Why nothing new comes from the device; nothing while it does. */
export function Notice({ device, refusal }: { device: Device; refusal: string | undefined }) {
  const now = useNow();
  const text = !device.online
    ? texts.health.offline(formatMoment(device.since, now))
    : device.toggles.stats
      ? refusal
      : texts.health.switchedOff;
  return (
    <div role="status">
      {text === undefined ? null : (
        <p className={styles.notice} title={device.online ? undefined : formatExact(device.since)}>
          {text}
        </p>
      )}
    </div>
  );
}
