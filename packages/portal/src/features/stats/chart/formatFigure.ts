import { formatMemory, formatShare, formatSize } from '../../../base/format.ts';
import { texts } from '../../../base/texts.ts';
import { formatBytesRate } from '../formatBytesRate.ts';
import type { ChartUnit } from './chartSpecs.ts';

/** A figure as people read it. */
export function formatFigure(value: number, unit: ChartUnit): string {
  switch (unit) {
    case 'share':
      return formatShare(value);
    case 'memory':
      return formatMemory(value);
    case 'size':
      return formatSize(value);
    case 'rate':
      return formatBytesRate(value);
    case 'celsius':
      return texts.health.celsius(Math.round(value));
    case 'number':
      return value.toLocaleString(texts.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** The time below a chart, as short as its distance to the next one allows. In ms. */
export function formatTick(at: number, distance: number): string {
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  if (distance >= 28 * DAY) return format(at, { month: 'short', year: '2-digit' });
  if (distance >= DAY) return format(at, { day: 'numeric', month: 'short' });
  return format(at, distance >= MINUTE ? clock : { ...clock, second: '2-digit' });
}

/** A moment under the cursor: with seconds while they matter. */
export function formatCursor(at: number, span: number): string {
  const date = span > DAY / 2 ? ({ day: 'numeric', month: 'short' } as const) : {};
  const seconds = span < DAY ? ({ second: '2-digit' } as const) : {};
  return format(at, { ...date, hour: '2-digit', minute: '2-digit', ...seconds });
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions): string {
  const key = `${texts.locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(texts.locale, options);
  formats.set(key, known);
  return known.format(at);
}
