import type { Device } from '@porthole/protocol';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Problem } from '../../../base/Problem.tsx';
import { Store } from '../../../base/store.ts';
import { useStore } from '../../../base/useStore.ts';
import type { HealthFeed } from '../useHealthFeed.ts';
import { ChartCard, type ChartEvents, type SharedCursor } from './ChartCard.tsx';
import { appendLive, type ChartData, fromHistory, type LivePoint, NO_DATA } from './chartData.ts';
import { CHARTS, type ChartSpec, ceilingOf, valuesOfStats } from './chartSpecs.ts';
import { formatCursor } from './formatFigure.ts';
import styles from './HealthCharts.module.css';
import { MomentTop } from './MomentTop.tsx';
import { SpanChoice } from './SpanChoice.tsx';
import { isLive, rangeOf, type TimeView, zoomBy, zoomTo } from './timeView.ts';
import { type Recorded, useHistory } from './useHistory.ts';

/** How finely the hub is asked: about one step for each pixel of a narrow chart. */
const POINTS = 400;

interface HealthChartsProps {
  device: Device;
  feed: HealthFeed;
  active: boolean;
  /** Leads to the process in the list. */
  showProcess(name: string): void;
}

/** How the device is and was: all figures over the same time. */
export function HealthCharts({ device, feed, active, showProcess }: HealthChartsProps) {
  const [view, setView] = useState<TimeView>({ kind: 'span', span: 'hour' });
  const [moment, setMoment] = useState<number>();
  const [cursor] = useState<SharedCursor>(() => new Store<{ at: number; by: string } | undefined>(undefined));
  const recorded = useHistory(device, view, { points: POINTS, active });
  const { ahead } = recorded;
  const shown = useShown({ device, feed, view, recorded });
  // In a piece of the past, what is now would be out of place.
  const latest = view.kind === 'span' && device.online ? feed.live.at(-1)?.values : undefined;
  const events = useChartEvents({ setView, setMoment, view, ahead });
  return (
    <div className={styles.charts}>
      <SpanChoice view={view} choose={setView} back={events.reset}>
        <CursorTime cursor={cursor} span={shown.to - shown.from} />
      </SpanChoice>
      <Problem>{recorded.error}</Problem>
      {moment === undefined ? null : (
        <MomentTop device={device} at={moment} showProcess={showProcess} close={() => setMoment(undefined)} />
      )}
      <div className={styles.grid} data-loading={recorded.loading || undefined}>
        {chartsOf(device, shown.data).map((spec) => (
          <Card key={spec.id} spec={spec} shown={shown} feed={feed} cursor={cursor} events={events} latest={latest} />
        ))}
      </div>
    </div>
  );
}

interface Looking {
  view: TimeView;
  setView(change: TimeView): void;
  setMoment(at: number): void;
  ahead: number;
}

/** The same events for as long as the charts are there: who double-clicks clicks twice on one and the same chart. */
function useChartEvents(looking: Looking): ChartEvents {
  const latest = useRef(looking);
  /** What was shown before a piece of it was. */
  const before = useRef(looking.view);
  useEffect(() => {
    latest.current = looking;
    if (looking.view.kind === 'span') before.current = looking.view;
  });
  return useMemo(() => {
    const now = () => Date.now() + latest.current.ahead;
    return {
      marked: (from, to) => latest.current.setView(zoomTo(from, to, now())),
      zoomed: (factor, around) => latest.current.setView(zoomBy(latest.current.view, factor, around, now())),
      chosen: (at) => latest.current.setMoment(at),
      reset: () => latest.current.setView(before.current),
    };
  }, []);
}

interface Situation {
  device: Device;
  feed: HealthFeed;
  view: TimeView;
  recorded: Recorded;
}

/** Figures, and the time that is shown of them in ms since 1970. */
interface Frame {
  data: ChartData;
  from: number;
  to: number;
}

interface CardProps {
  spec: ChartSpec;
  shown: Frame;
  feed: HealthFeed;
  cursor: SharedCursor;
  events: ChartEvents;
  latest: LivePoint['values'] | undefined;
}

function Card({ spec, shown, feed, cursor, events, latest }: CardProps) {
  const ceiling = ceilingOf(spec, feed.sample);
  const framed = useMemo(() => ({ ...shown, ceiling }), [shown, ceiling]);
  return <ChartCard spec={spec} shown={framed} cursor={cursor} events={events} latest={latest} />;
}

/** The moment that the values beside the names are of, while it is not the latest. */
function CursorTime({ cursor, span }: { cursor: SharedCursor; span: number }) {
  const at = useStore(cursor)?.at;
  return <span className={styles.cursor}>{at === undefined ? '' : formatCursor(at, span)}</span>;
}

/** What was recorded and what came in, as far as it belongs into the view. */
function useShown({ device, feed, view, recorded }: Situation): Frame {
  const { history, ahead, readAt } = recorded;
  const { recordMs, statsMs } = device.sending.settings;
  const step = history?.step ?? statsMs;
  // Nothing newer may be recorded for so long though nothing is missing.
  const joinMs = 2.5 * Math.max(step, recordMs);
  const past = useMemo(() => (history ? fromHistory(history, readAt) : NO_DATA), [history, readAt]);
  return useMemo(() => {
    const range = rangeOf(view, Date.now() + ahead);
    if (!isLive(view)) return { data: past, ...range };
    const live = feed.live.map((point) => ({ ...point, at: point.at + ahead })).filter(({ at }) => at >= range.from);
    const liveGapMs = Math.max(2.5 * step, 3 * statsMs);
    return { data: appendLive(past, live, { step, gapMs: liveGapMs, joinMs }), ...range };
  }, [past, feed.live, view, ahead, step, statsMs, joinMs]);
}

/** Charts of what the device has: what is known of the time that is shown, or of now. */
function chartsOf(device: Device, { series }: ChartData): ChartSpec[] {
  const now = device.stats ? valuesOfStats(device.stats) : {};
  return CHARTS.filter(({ series: names }) =>
    names.some((name) => now[name] !== undefined || series[name]?.mean.some((value) => typeof value === 'number')),
  );
}
