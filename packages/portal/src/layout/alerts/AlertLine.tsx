import type { Alert } from '@porthole/protocol';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import { formatAgo, formatExact, formatMoment, visibleText } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import { useNow } from '../../base/useNow.ts';
import styles from './AlertsPage.module.css';
import { describeAlert, formatLasting } from './describeAlert.ts';

/** One alert: what, where, since when; and how long it was on when it is over. */
export function AlertLine({ alert }: { alert: Alert }) {
  const now = useNow();
  const { device: id, raisedAt, clearedAt } = alert;
  const device = useDevice(id);
  const name = device ? visibleText(device.name) : texts.alerts.removedDevice;
  const Icon = clearedAt === null ? IconAlertTriangle : IconCheck;
  return (
    <li className={styles.line} data-on={clearedAt === null || undefined}>
      <Icon size={16} aria-hidden />
      <span className={styles.what}>
        {device ? <Link href={`/devices/${encodeURIComponent(id)}/health`}>{name}</Link> : <span>{name}</span>}
        <span>{describeAlert(alert)}</span>
      </span>
      <time className={styles.when} title={formatExact(raisedAt)}>
        {clearedAt === null
          ? formatAgo(raisedAt, now)
          : texts.alerts.wasOn(formatMoment(raisedAt, now), formatLasting(clearedAt - raisedAt))}
      </time>
    </li>
  );
}
