import { lazy, Suspense } from 'react';
import { texts } from '../../base/texts.ts';
import { HealthDetails } from './details/HealthDetails.tsx';
import styles from './HealthView.module.css';
import { Notice } from './Notice.tsx';
import type { SectionProps } from './sections.ts';
import { useHealthFeed } from './useHealthFeed.ts';

/** Fetched when somebody first looks at health: the charts bring a library of their own. */
const HealthCharts = lazy(async () => ({ default: (await import('./chart/HealthCharts.tsx')).HealthCharts }));

/** How the device is, second by second, and how it was. */
export function HealthView({ device, active, showProcess }: SectionProps) {
  const feed = useHealthFeed(device, active);
  return (
    <div className={styles.view}>
      <Notice device={device} refusal={feed.refusal} />
      <Suspense fallback={<p className={styles.loading}>{texts.health.loading}</p>}>
        <HealthCharts device={device} feed={feed} active={active} showProcess={showProcess} />
      </Suspense>
      {feed.sample && device.online ? <HealthDetails sample={feed.sample} /> : null}
    </div>
  );
}
