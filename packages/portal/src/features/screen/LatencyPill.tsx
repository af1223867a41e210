import { Popover } from '@mantine/core';
import { formatMs } from '../../base/format.ts';
import { texts } from '../../base/texts.ts';
import { useSelected } from '../../base/useStore.ts';
import { LatencyBudget } from './LatencyBudget.tsx';
import styles from './LatencyPill.module.css';
import { NOTHING_SHOWN } from './render/latency.ts';
import type { ScreenHost } from './screenHost.ts';

/** The honest latency and whether the picture is exact, opening the budget: where the time and the data go. */
export function LatencyPill({ host }: { host: ScreenHost }) {
  const metrics = useSelected(host.state, (state) => state.metrics);
  const live = useSelected(host.state, (state) => state.phase === 'live');
  const exact = useSelected(host.state, (state) => state.exact);
  const time = metrics ? formatMs(metrics.latency.total.p50) : '– ms';
  const state = exact ? 'exact' : 'refining';
  const mark = texts.latency[state];
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <button type="button" className={styles.pill} title={live ? texts.latency.markWhat[state] : undefined}>
          <span className="hidden-visually">{texts.latency.label}: </span>
          <span className={styles.time}>{time}</span>{' '}
          {live ? (
            <span className={styles.mark} data-exact={exact || undefined}>
              {mark}
            </span>
          ) : null}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown}>
        <LatencyBudget host={host} metrics={metrics ?? NOTHING_SHOWN} />
      </Popover.Dropdown>
    </Popover>
  );
}
