import type { Alert } from '@porthole/protocol';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { visibleText } from '../../base/format.ts';
import { IconButton } from '../../base/IconButton.tsx';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useDevice } from '../../base/useDevice.ts';
import styles from './AlertNotices.module.css';
import { describeAlert } from './describeAlert.ts';

/** How many are named at once; the rest is a number. */
const NAMED = 3;
/** How long a notice stays, in ms, unless somebody points at it. */
const SHOWN_MS = 12_000;

/** Says quietly what was just raised, wherever in the portal one is. */
export function AlertNotices() {
  const { alerts } = useConnection();
  const [raised, setRaised] = useState<readonly Alert[]>([]);
  const [pointed, setPointed] = useState(false);
  useEffect(() => alerts.onRaised((news) => setRaised((before) => [...news, ...before].slice(0, 50))), [alerts]);
  useEffect(() => {
    if (raised.length === 0 || pointed) return;
    const timer = setTimeout(() => setRaised([]), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [raised, pointed]);
  const shown = raised.slice(0, NAMED);
  return (
    <div
      className={styles.notices}
      role="status"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
    >
      {shown.map((alert) => (
        <Notice
          key={alert.id}
          alert={alert}
          close={() => setRaised((before) => before.filter(({ id }) => id !== alert.id))}
        />
      ))}
      {raised.length > NAMED ? (
        <Link href="/alerts" className={styles.more}>
          {texts.alerts.more(raised.length - NAMED)}
        </Link>
      ) : null}
    </div>
  );
}

function Notice({ alert, close }: { alert: Alert; close(): void }) {
  const device = useDevice(alert.device);
  return (
    <div className={styles.notice}>
      <IconAlertTriangle size={16} aria-hidden />
      <p>
        {device ? (
          <Link href={`/devices/${encodeURIComponent(device.id)}/health`} onClick={close}>
            {visibleText(device.name)}
          </Link>
        ) : null}{' '}
        {describeAlert(alert)}
      </p>
      <IconButton label={texts.alerts.dismiss} onClick={close} icon={<IconX size={16} aria-hidden />} />
    </div>
  );
}
