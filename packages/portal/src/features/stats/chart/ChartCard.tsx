import type { HistorySeries } from '@porthole/protocol';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react';
import type { Store } from '../../../base/store.ts';
import { texts } from '../../../base/texts.ts';
import { useStore } from '../../../base/useStore.ts';
import styles from './ChartCard.module.css';
import { type ChartColours, followColours, readColours } from './chartColours.ts';
import { type ChartData, type LivePoint, nearest, type Value } from './chartData.ts';
import type { ChartSpec } from './chartSpecs.ts';
import { formatCursor, formatFigure } from './formatFigure.ts';
import { type Shown, TimeChart } from './timeChart.ts';

/** Where the cursor of all charts is (ms since 1970), and which chart put it there. */
export type SharedCursor = Store<{ at: number; by: string } | undefined>;

/** What can be done with charts. */
export interface ChartEvents {
  marked(from: number, to: number): void;
  chosen(at: number): void;
  zoomed(factor: number, around: number): void;
  reset(): void;
}

interface ChartCardProps {
  spec: ChartSpec;
  shown: Shown;
  cursor: SharedCursor;
  /** Stable. */
  events: ChartEvents;
  /** What is now, to be read while the cursor is nowhere; undefined for the last of what is shown. */
  latest: LivePoint['values'] | undefined;
}

/** A figure over time, with its value under the cursor, or now. */
export function ChartCard({ spec, shown, cursor, events, latest }: ChartCardProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useChart(host, { spec, shown, cursor, events });
  const pointed = useStore(cursor);
  const id = useId();
  const index = indexAt(shown.data, spec, pointed?.at);
  const values = (pointed ? undefined : valuesNow(spec, latest)) ?? valuesAt(shown.data, spec, index);
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h3 id={id}>{texts.health.charts[spec.id]}</h3>
      <p className={styles.values} data-many={values.length > 1 || undefined}>
        {values.map(({ name, place, mean, high }) => (
          <span key={name} className={styles.value} data-place={place}>
            {values.length > 1 ? <span className={styles.series}>{texts.health.series[name]}</span> : null}
            <b>{mean}</b>
            {high === undefined || pointed === undefined ? null : (
              <span className={styles.high}>{texts.health.upTo(high)}</span>
            )}
          </span>
        ))}
      </p>
      <div
        ref={host}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label={texts.health.overTime(texts.health.charts[spec.id])}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, shown.data.at.length - 1)}
        aria-valuenow={index ?? 0}
        aria-valuetext={describe(shown, spec, index)}
        onKeyDown={(event) => onKey(event, { spec, shown, cursor, events, chart: chart.current })}
        onBlur={() => cursor.set(undefined)}
      />
    </section>
  );
}

/** The chart on its canvas, following what is to be shown, the shared cursor, the colours and the width. */
function useChart(
  host: RefObject<HTMLDivElement | null>,
  { spec, shown, cursor, events }: Omit<ChartCardProps, 'latest'>,
) {
  const chart = useRef<TimeChart>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let colours: ChartColours = readColours(element);
    const made = new TimeChart(element, element.clientWidth, {
      spec,
      colours: () => colours,
      pointed: (at) => cursor.set(at === undefined ? undefined : { at, by: spec.id }),
      ...events,
    });
    chart.current = made;
    const leaveCursor = cursor.subscribe(() => {
      const now = cursor.get();
      if (now?.by !== spec.id) made.pointAt(now?.at);
    });
    const leaveColours = followColours(() => {
      colours = readColours(element);
      made.redraw();
    });
    const observer = new ResizeObserver(() => element.clientWidth > 0 && made.resize(element.clientWidth));
    observer.observe(element);
    return () => {
      observer.disconnect();
      leaveColours();
      leaveCursor();
      made.close();
      chart.current = null;
    };
  }, [host, spec, cursor, events]);
  useEffect(() => chart.current?.show(shown), [shown]);
  return chart;
}

/** Of the step under the cursor, else of the latest of which anything is known. */
function indexAt(data: ChartData, spec: ChartSpec, at: number | undefined): number | undefined {
  return nearest(data.at, at ?? Number.MAX_SAFE_INTEGER, (index) => isKnown(data, spec, index));
}

function isKnown({ series }: ChartData, spec: ChartSpec, index: number): boolean {
  return spec.series.some((name) => typeof series[name]?.mean[index] === 'number');
}

/** A figure of a chart at one step, written. */
interface Written {
  name: HistorySeries;
  /** Its place among the figures of the chart, which gives it its colour. */
  place: number;
  mean: string;
  /** Where it differs from the mean. */
  high: string | undefined;
}

/** The figures that the device has. */
function valuesAt({ series }: ChartData, { series: names, unit }: ChartSpec, index: number | undefined): Written[] {
  const written = (value: Value) => (typeof value === 'number' ? formatFigure(value, unit) : '–');
  const known = names.flatMap((name, place) => {
    const band = series[name];
    if (!band?.mean.some((value) => typeof value === 'number')) return [];
    const mean = written(index === undefined ? undefined : band.mean[index]);
    const high = written(index === undefined ? undefined : band.high[index]);
    return [{ name, place, mean, high: high === mean ? undefined : high }];
  });
  return known.length > 0 ? known : [{ name: names[0], place: 0, mean: '–', high: undefined }];
}

/** Undefined while nothing is known of now. */
function valuesNow({ series, unit }: ChartSpec, latest: LivePoint['values'] | undefined): Written[] | undefined {
  const known = series.flatMap((name, place) => {
    const value = latest?.[name];
    return value === undefined ? [] : [{ name, place, mean: formatFigure(value, unit), high: undefined }];
  });
  return known.length > 0 ? known : undefined;
}

/** What the chart says to those who do not see it. */
function describe(shown: Shown, spec: ChartSpec, index: number | undefined): string {
  if (index === undefined) return texts.health.nothingKnown;
  const named = valuesAt(shown.data, spec, index).map(({ name, mean, high }, _, all) => {
    const value = high === undefined ? mean : `${mean} ${texts.health.upTo(high)}`;
    return all.length > 1 ? `${texts.health.series[name]} ${value}` : value;
  });
  return `${formatCursor(shown.data.at[index] ?? 0, shown.to - shown.from)}: ${named.join(', ')}`;
}

interface KeyContext extends Omit<ChartCardProps, 'latest'> {
  chart: TimeChart | null;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageDown: -20,
  PageUp: 20,
  Home: -1e9,
  End: 1e9,
};

function onKey(event: KeyboardEvent, { spec, shown, cursor, events, chart }: KeyContext): void {
  const { data } = shown;
  const at = cursor.get()?.at;
  const index = indexAt(data, spec, at);
  const moment = index === undefined ? undefined : data.at[index];
  const step = STEPS[event.key];
  if (step !== undefined) {
    const target = index === undefined ? undefined : data.at[stepTo(data, spec, index, step)];
    if (target !== undefined) cursor.set({ at: target, by: 'keyboard' });
  } else if ((event.key === 'Enter' || event.key === ' ') && moment !== undefined) events.chosen(moment);
  else if (event.key === '+' && moment !== undefined) events.zoomed(0.5, moment);
  else if (event.key === '-' && moment !== undefined) events.zoomed(2, moment);
  else if (event.key === 'Escape' && chart) {
    if (at === undefined) events.reset();
    cursor.set(undefined);
  } else return;
  event.preventDefault();
}

/** So many known steps further, as far as there are any. */
function stepTo(data: ChartData, spec: ChartSpec, index: number, step: number): number {
  const known = [...data.at.keys()].filter((each) => isKnown(data, spec, each));
  const place = known.indexOf(index) + step;
  return known[Math.min(known.length - 1, Math.max(0, place))] ?? index;
}
