import type { HomeField, HomeSettings } from '@porthole/protocol';

/** Least width of a column, in pixels; where there is more, the wide ones get it. */
const WIDTHS: Partial<Record<HomeField, number>> = {
  picture: 64,
  state: 130,
  system: 170,
  network: 170,
  address: 130,
  model: 160,
  kernel: 150,
  group: 120,
  tags: 150,
  notes: 180,
  uptime: 100,
  temperature: 96,
  number: 72,
  alerts: 80,
  viewers: 90,
};
const USUAL = 90;
const NAME = 200;
const TOOLS = 100;
const CHOOSE = 28;
const GAP = 12;

/** Columns whose width is of no use beyond what is in them. */
const TIGHT: readonly HomeField[] = [
  'picture',
  'number',
  'alerts',
  'cpu',
  'memory',
  'disk',
  'battery',
  'load',
  'temperature',
];

/** Below this width names and tools are tight, and devices are chosen over their state. */
const NARROW = 600;
const TIGHTLY = { name: 110, tools: 40, choose: 0, share: 0.66 };
const WIDELY = { name: NAME, tools: TOOLS, choose: CHOOSE, share: 1 };

/** The fields that have room in a table of that width, in the user's order, and the CSS of all columns. */
export function tableColumns(
  fields: readonly HomeField[],
  width: number,
): { shown: readonly HomeField[]; css: string } {
  const { name, tools, choose, share } = width < NARROW ? TIGHTLY : WIDELY;
  const least = (field: HomeField) => Math.round((WIDTHS[field] ?? USUAL) * share);
  let left = width - name - tools - choose - 3 * GAP;
  const shown = fields.filter((field) => {
    const needed = least(field) + GAP;
    if (needed > left) return false;
    left -= needed;
    return true;
  });
  const columns = shown.map((field) =>
    TIGHT.includes(field) ? `${least(field)}px` : `minmax(${least(field)}px, ${least(field)}fr)`,
  );
  return { shown, css: [`${choose}px`, `minmax(${name}px, ${name * 1.5}fr)`, ...columns, `${tools}px`].join(' ') };
}

/** By which order a column is sorted; undefined for those that have none. */
export function sortingOf(field: HomeField | 'name'): HomeSettings['sorting'] | undefined {
  const sortings = ['name', 'number', 'state', 'cpu', 'memory'] as const;
  return sortings.find((sorting) => sorting === field);
}

/** How a click on a column's head sorts: the busiest and the most first, a second click turns it round. */
export function sortBy(
  settings: Pick<HomeSettings, 'sorting' | 'descending'>,
  sorting: HomeSettings['sorting'],
): Pick<HomeSettings, 'sorting' | 'descending'> {
  if (settings.sorting === sorting) return { sorting, descending: !settings.descending };
  return { sorting, descending: sorting === 'cpu' || sorting === 'memory' };
}
