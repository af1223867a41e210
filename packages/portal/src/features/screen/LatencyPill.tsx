import { Popover } from '@mantine/core';
import { formatMs, formatRate } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useSelected } from '../../base/useStore.ts';
import styles from './LatencyPill.module.css';
import type { ScreenHost } from './screenHost.ts';
import type { ScreenSnapshot } from './screenSession.ts';

type Metrics = NonNullable<ScreenSnapshot['metrics']>;

const STAGES = ['capture', 'encode', 'relay', 'decode', 'paint', 'total'] as const;

/** The honest latency, opening the budget: where the time goes, pictures and data per second. */
export function LatencyPill({ host }: { host: ScreenHost }) {
  const metrics = useSelected(host.state, (state) => state.metrics);
  return (
    <Popover position="bottom-end" width={304} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.pill} aria-label={`${texts.latency.label}: ${summary(metrics)}`}>
          {summary(metrics)}
        </button>
      </Popover.Target>
      <Popover.Dropdown>{metrics ? <Budget metrics={metrics} /> : <p>{texts.latency.none}</p>}</Popover.Dropdown>
    </Popover>
  );
}

function summary(metrics: Metrics | null): string {
  if (!metrics) return '– ms';
  return formatMs(metrics.latency.total.p50);
}

function Budget({ metrics }: { metrics: Metrics }) {
  return (
    <div className={styles.budget}>
      <table>
        <caption>{texts.latency.title}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.latency.stage}</th>
            <th scope="col">{texts.latency.p50}</th>
            <th scope="col">{texts.latency.p95}</th>
          </tr>
        </thead>
        <tbody>
          {STAGES.map((stage) => (
            <tr key={stage}>
              <th scope="row">{texts.latency.stages[stage]}</th>
              <td>{formatMs(metrics.latency[stage].p50)}</td>
              <td>{formatMs(metrics.latency[stage].p95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl>
        <dt>{texts.latency.fps}</dt>
        <dd>{metrics.fps > 0 ? texts.latency.perSecond(Math.round(metrics.fps)) : texts.latency.still}</dd>
        <dt>{texts.latency.rate}</dt>
        <dd>{formatRate(metrics.kBps)}</dd>
      </dl>
      <p className={styles.what}>{texts.latency.what}</p>
    </div>
  );
}
