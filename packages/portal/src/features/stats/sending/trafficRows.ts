import { FEATURE_NAMES, type FeatureName, type Traffic } from '@porthole/protocol';

/** Bytes per second, and bytes since midnight. */
interface Amount {
  now: number;
  today: number;
}

/** A row for every feature, always: rows that come and go would make the table jump. `most` is the largest rate. */
export function trafficRows(traffic: Traffic | undefined): {
  rows: ({ name: FeatureName | 'other' } & Amount)[];
  sum: Amount;
  most: number;
} {
  const features = FEATURE_NAMES.map((name) => ({
    name,
    now: traffic?.now[name] ?? 0,
    today: traffic?.today[name] ?? 0,
  }));
  const rows = [...features, { name: 'other' as const, ...(traffic?.other ?? { now: 0, today: 0 }) }];
  const add = (part: keyof Amount) => rows.reduce((sum, row) => sum + row[part], 0);
  return { rows, sum: { now: add('now'), today: add('today') }, most: Math.max(...rows.map(({ now }) => now)) };
}
