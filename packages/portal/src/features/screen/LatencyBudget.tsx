import { Switch } from '@mantine/core';
import { useState } from 'react';
import { formatMs, formatRate } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useStore } from '../../base/useStore.ts';
import { CODER_COLOURS } from './coderOverlay.ts';
import styles from './LatencyBudget.module.css';
import { type CoderName, type ScreenMetrics, STAGES } from './render/latency.ts';
import type { ScreenHost } from './screenHost.ts';
import { reportScreen } from './scriptAccess.ts';

/** Where the time goes, stage by stage, and the data, coder by coder. */
export function LatencyBudget({ host, metrics }: { host: ScreenHost; metrics: ScreenMetrics }) {
  const codersShown = useStore(host.codersShown);
  return (
    <div className={styles.budget}>
      <Stages latency={metrics.latency} />
      <Figures metrics={metrics} />
      <Coders coders={metrics.coders} />
      <Switch
        label={texts.latency.overlay}
        checked={codersShown}
        onChange={(event) => host.showCoders(event.currentTarget.checked)}
      />
      <p className={styles.what}>{texts.latency.what}</p>
      <CopyButton host={host} />
    </div>
  );
}

function Stages({ latency }: { latency: ScreenMetrics['latency'] }) {
  return (
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
            <td>{formatMs(latency[stage].p50)}</td>
            <td>{formatMs(latency[stage].p95)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Figures({ metrics: { fps, kBps, keyToPhoton } }: { metrics: ScreenMetrics }) {
  return (
    <dl>
      <dt>{texts.latency.fps}</dt>
      <dd>{fps > 0 ? texts.latency.perSecond(Math.round(fps)) : texts.latency.still}</dd>
      <dt>{texts.latency.rate}</dt>
      <dd>{formatRate(kBps)}</dd>
      <dt>{texts.latency.key}</dt>
      <dd>{keyToPhoton ? formatMs(keyToPhoton.p50) : '–'}</dd>
    </dl>
  );
}

/** All coders, always: rows that come and go would make the panel jump. */
function Coders({ coders }: { coders: ScreenMetrics['coders'] }) {
  const rows = Object.entries(coders) as [CoderName, ScreenMetrics['coders'][CoderName]][];
  const bytes = rows.reduce((sum, [, share]) => sum + share.bytes, 0);
  const area = rows.reduce((sum, [, share]) => sum + share.area, 0);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{texts.latency.coder}</th>
          <th scope="col">{texts.latency.area}</th>
          <th scope="col">{texts.latency.data}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, share]) => (
          <tr key={name} data-unused={share.area === 0 || undefined}>
            <th scope="row">
              <i className={styles.colour} style={{ background: CODER_COLOURS[name] }} aria-hidden />
              {texts.latency.coders[name]}
            </th>
            <td>{formatPart(share.area, area)}</td>
            <td>{formatPart(share.bytes, bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Shares below half a percent are still something. */
function formatPart(part: number, whole: number): string {
  if (part === 0) return '–';
  const percent = (part / whole) * 100;
  return percent < 0.5 ? '< 1 %' : `${Math.round(percent)} %`;
}

function CopyButton({ host }: { host: ScreenHost }) {
  const [copied, setCopied] = useState(false);
  // Only a page that came securely has a clipboard.
  if (!navigator.clipboard) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(JSON.stringify(reportScreen(host), null, 2));
    setCopied(true);
  };
  return (
    <button type="button" className={styles.copy} onClick={() => void copy().catch(() => setCopied(false))}>
      <span aria-live="polite">{copied ? texts.latency.copied : texts.latency.copy}</span>
    </button>
  );
}
