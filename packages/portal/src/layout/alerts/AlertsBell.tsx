import { IconBell } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import styles from './AlertsBell.module.css';

/** The way to the alerts, with how many are on. `className` is that of the other items of the rail. */
export function AlertsBell({ className }: { className: string | undefined }) {
  const [location] = useLocation();
  const count = useStore(useConnection().alerts.on)?.length ?? 0;
  const label = texts.alerts.bell(count);
  return (
    <Link
      href="/alerts"
      className={className}
      aria-label={label}
      title={label}
      aria-current={/^\/alerts(\/|$)/.test(location) ? 'page' : undefined}
    >
      <span className={styles.bell}>
        <IconBell size={20} aria-hidden />
        {count > 0 ? (
          <span className={styles.count} aria-hidden>
            {count > 99 ? '99+' : count}
          </span>
        ) : null}
      </span>
    </Link>
  );
}
