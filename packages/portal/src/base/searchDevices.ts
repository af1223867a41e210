import type { StatsSample } from '@porthole/protocol';
import type { DeviceSummary } from './devicesStore.ts';
import { figureOf } from './search/figures.ts';
import { fold } from './search/fold.ts';
import {
  type Comparison,
  type Condition,
  parseQuery,
  type State,
  type Term,
  type TextKey,
} from './search/parseQuery.ts';

/** What a search asks beyond the list. */
export interface SearchContext {
  /** The latest sample of a device that is online; null while there is none. */
  stats(id: string): StatsSample | null;
  favourites: ReadonlySet<string>;
}

const NO_CONTEXT: SearchContext = { stats: () => null, favourites: new Set() };

/**
 * The devices for which every term of the query holds, in the order of the list; see `parseQuery` for what may be written.
 * An empty query matches all. Without a context, what it would tell counts as unknown, and matches nothing.
 */
export function searchDevices(
  devices: readonly DeviceSummary[],
  query: string,
  context: SearchContext = NO_CONTEXT,
): readonly DeviceSummary[] {
  const terms = parseQuery(query);
  if (terms.length === 0) return devices;
  return devices.filter((device) => terms.every((term) => isTrue(device, term, context)));
}

/** Whether a query compares figures that change by themselves. */
export function asksForFigures(query: string): boolean {
  return parseQuery(query).some(({ condition }) => condition.kind === 'figure' && condition.figure !== 'number');
}

function isTrue(device: DeviceSummary, { negated, condition }: Term, context: SearchContext): boolean {
  const holds = holdsFor(device, condition, context);
  // What is not known is neither below nor above anything.
  return holds === undefined ? false : holds !== negated;
}

function holdsFor(device: DeviceSummary, condition: Condition, context: SearchContext): boolean | undefined {
  switch (condition.kind) {
    case 'text':
      return words(device).includes(condition.text);
    case 'key':
      return textsOf(device, condition.key).some((text) => fold(text).includes(condition.text));
    case 'state':
      return isIn(device, condition.state, context);
    case 'figure': {
      const figure = figureOf(device, device.online ? context.stats(device.id) : null, condition.figure);
      return figure === undefined ? undefined : compare(figure, condition.comparison, condition.value);
    }
  }
}

function isIn({ id, online, alerts }: DeviceSummary, state: State, { favourites }: SearchContext): boolean {
  switch (state) {
    case 'online':
      return online;
    case 'offline':
      return !online;
    case 'alert':
      return alerts > 0;
    case 'favourite':
      return favourites.has(id);
  }
}

function compare(figure: number, comparison: Comparison, value: number): boolean {
  switch (comparison) {
    case '>':
      return figure > value;
    case '>=':
      return figure >= value;
    case '<':
      return figure < value;
    case '<=':
      return figure <= value;
    case '=':
      // As it is shown: without what is behind the point.
      return Math.round(figure) === Math.round(value);
  }
}

function textsOf({ name, hostname, system, model, address, profile }: DeviceSummary, key: TextKey): string[] {
  switch (key) {
    case 'name':
      return [name, hostname];
    case 'group':
      return profile.group === null ? [] : [profile.group];
    case 'tag':
      return profile.tags;
    case 'notes':
      return [profile.notes];
    case 'system':
      return [system];
    case 'model':
      return [model];
    case 'address':
      return [address];
  }
}

/** Folding a thousand devices for each letter typed is what a search would cost. */
const folded = new WeakMap<DeviceSummary, string>();

function words(device: DeviceSummary): string {
  const known = folded.get(device);
  if (known !== undefined) return known;
  const { name, hostname, system, model, address, profile } = device;
  const text = fold([name, hostname, system, model, address, profile.group ?? '', ...profile.tags].join('\n'));
  folded.set(device, text);
  return text;
}
