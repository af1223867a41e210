import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { HistorySeries } from '@porthole/protocol';
import type { ChartColours } from './chartColours.ts';
import type { ChartData, Value } from './chartData.ts';
import type { ChartSpec, ChartUnit } from './chartSpecs.ts';
import { formatFigure, formatTick } from './formatFigure.ts';
import { yIncrements } from './yIncrements.ts';

/** Height of a chart with its times, in pixels. */
export const CHART_HEIGHT = 112;
/** How soon the second click of two comes. */
const DOUBLE_CLICK_MS = 300;
const AXIS = { x: 24, y: 58 };
const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

/** A chart that shows next to nothing does not make much of it. */
const LEAST_TOP: Readonly<Record<ChartUnit, number>> = {
  share: 1,
  memory: 2 ** 20,
  size: 1e6,
  rate: 1_000,
  celsius: 60,
  number: 1,
};

interface TimeChartOptions {
  spec: ChartSpec;
  colours: () => ChartColours;
  /** The cursor is at that time (ms), or has left. */
  pointed(at: number | undefined): void;
  /** A piece was marked. */
  marked(from: number, to: number): void;
  /** A moment was clicked. */
  chosen(at: number): void;
  /** Back to what was shown before marking. */
  reset(): void;
}

/** What is to be shown; `ceiling` is the upper end, undefined for what fits. */
export interface Shown {
  data: ChartData;
  from: number;
  to: number;
  ceiling: number | undefined;
}

/** One chart on a canvas: the mean of each figure as a line, and up to its highest a lighter band. */
export class TimeChart {
  readonly #options: TimeChartOptions;
  readonly #plot: uPlot;
  #choosing: ReturnType<typeof setTimeout> | undefined;
  #shown: Shown = { data: { at: [], series: {} }, from: 0, to: 1, ceiling: undefined };

  constructor(host: HTMLElement, width: number, options: TimeChartOptions) {
    this.#options = options;
    this.#plot = new uPlot(this.#describe(width), columnsOf(options.spec, this.#shown.data), host);
    this.#plot.over.addEventListener('click', () => this.#clicked());
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#plot.setData(columnsOf(this.#options.spec, shown.data));
  }

  resize(width: number): void {
    if (width !== this.#plot.width) this.#plot.setSize({ width, height: CHART_HEIGHT });
  }

  /** The colours have changed. */
  redraw(): void {
    this.#plot.redraw(false);
  }

  /** Puts the cursor at a time; nowhere for undefined. Nobody is told. */
  pointAt(at: number | undefined): void {
    const left = at === undefined ? -10 : this.#plot.valToPos(at, 'x');
    this.#plot.setCursor({ left, top: left < 0 ? -10 : CHART_HEIGHT / 3 }, false);
  }

  /** Idempotent. */
  close(): void {
    clearTimeout(this.#choosing);
    this.#plot.destroy();
  }

  /** A second click may follow, which means something else; what the first one opens would move the chart away from it. */
  #clicked(): void {
    clearTimeout(this.#choosing);
    const left = this.#plot.cursor.left ?? -1;
    if (left < 0) return;
    const at = this.#plot.posToVal(left, 'x');
    this.#choosing = setTimeout(() => this.#options.chosen(at), DOUBLE_CLICK_MS);
  }

  #describe(width: number): uPlot.Options {
    return {
      width,
      height: CHART_HEIGHT,
      ms: 1,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: this.#cursor(),
      scales: {
        x: { range: () => [this.#shown.from, this.#shown.to] },
        y: { range: (_, __, max) => [0, this.#top(max)] },
      },
      axes: this.#axes(),
      series: [{}, ...this.#options.spec.series.flatMap((_, index) => this.#lines(index))],
      bands: this.#options.spec.series.map((_, index) => ({
        series: [index * 2 + 2, index * 2 + 1],
        fill: () => this.#options.colours().bands[index] ?? '',
      })),
      hooks: {
        setCursor: [({ cursor }) => this.#pointed(cursor.left)],
        setSelect: [(plot) => this.#marked(plot)],
      },
    };
  }

  #cursor(): uPlot.Cursor {
    return {
      y: false,
      points: { size: 7, width: 1.5 },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: {
        dblclick: () => () => {
          clearTimeout(this.#choosing);
          this.#options.reset();
          return null;
        },
      },
    };
  }

  #axes(): uPlot.Axis[] {
    const { colours, spec } = this.#options;
    const common = { stroke: () => colours().text, font: FONT, ticks: { show: false } };
    return [
      {
        ...common,
        size: AXIS.x,
        grid: { show: false },
        space: 72,
        values: (_, splits, __, ___, distance) => splits.map((at) => formatTick(at, distance)),
      },
      {
        ...common,
        size: AXIS.y,
        gap: 4,
        space: 22,
        incrs: yIncrements(spec.unit),
        grid: { stroke: () => colours().grid, width: 1 },
        values: (_, splits) => splits.map((value) => formatFigure(value, spec.unit)),
      },
    ];
  }

  /** The mean, and the highest that is only the edge of the band. */
  #lines(index: number): uPlot.Series[] {
    const stroke = () => this.#options.colours().lines[index] ?? '';
    const mean: uPlot.Series = { stroke, width: 1.5, points: { show: false, size: 4, filter: isolated } };
    if (index > 0) mean.dash = [4, 3];
    return [mean, { width: 0, points: { show: false } }];
  }

  /** The upper end of the chart. */
  #top(max: number): number {
    if (this.#shown.ceiling !== undefined) return this.#shown.ceiling;
    return Math.max(Number.isFinite(max) ? max * 1.1 : 0, LEAST_TOP[this.#options.spec.unit]);
  }

  #pointed(left: number | undefined): void {
    this.#options.pointed(left === undefined || left < 0 ? undefined : this.#plot.posToVal(left, 'x'));
  }

  #marked(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width <= 0) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#options.marked(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
  }
}

/** Steps with nothing known before or after: a line cannot show them. */
function isolated(plot: uPlot, seriesIndex: number): number[] {
  const values: Value[] = Array.from(plot.data[seriesIndex] ?? []);
  const known = [...values.keys()].filter((index) => typeof values[index] === 'number');
  const isApart = (a: number, b: number | undefined) =>
    b === undefined || values.slice(Math.min(a, b), Math.max(a, b)).includes(null);
  return known.filter((index, place) => isApart(index, known[place - 1]) && isApart(index, known[place + 1]));
}

function columnsOf(spec: ChartSpec, { at, series }: ChartData): uPlot.AlignedData {
  const column = (name: HistorySeries, part: 'mean' | 'high'): Value[] =>
    series[name]?.[part] ?? new Array<Value>(at.length).fill(null);
  return [at, ...spec.series.flatMap((name) => [column(name, 'mean'), column(name, 'high')])];
}
