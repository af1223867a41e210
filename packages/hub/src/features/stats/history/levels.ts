import type { Retention } from '@porthole/protocol';
import { MINUTE } from './samples.ts';

/** Lengths of the steps of which mean and highest are kept, in ms. */
export const STEPS = [MINUTE, 15 * MINUTE, 60 * MINUTE] as const;
/** Stands in the table for samples as they came. */
export const RAW = 0;

/** One fineness of the history. */
export interface Level {
  /** `RAW`, or the length of its steps. */
  step: number;
  /** How long it is kept. */
  keepMs: number;
}

export function levelsOf({ rawMs, minuteMs, quarterMs, hourMs }: Retention): Level[] {
  const kept = [minuteMs, quarterMs, hourMs];
  return [{ step: RAW, keepMs: rawMs }, ...STEPS.map((step, index) => ({ step, keepMs: kept[index] ?? 0 }))];
}

/** What to answer a question with. */
export interface Plan {
  level: number;
  /** First moment, a multiple of `step`. */
  from: number;
  step: number;
  count: number;
}

/** The finest that samples as they came are put together to, in ms. */
const RAW_UNIT = 1_000;
/** Who asks for the last hour means all of what is kept of it, though some moments pass until the question is here. */
const SLACK = 1.05;

/** Steps that are so much longer than they could be are as good, where far less has to be read for them. */
const NEARLY = 1.25;

/** The finest steps of which `points` cover what is asked for, or nearly so, out of what goes back far enough. */
export function planOf(
  asked: { from: number; to: number; points: number },
  levels: readonly Level[],
  now: number,
): Plan {
  const reaching = levels.filter(({ keepMs }) => asked.from >= now - keepMs * SLACK);
  const usable = reaching.length > 0 ? reaching : levels.slice(-1);
  const plans = usable.map(({ step }) => planWith(step, asked));
  const finest = Math.min(...plans.map(({ step }) => step));
  return plans.findLast(({ step }) => step <= finest * NEARLY) ?? planWith(RAW, asked);
}

function planWith(level: number, { from, points, to: end }: { from: number; to: number; points: number }): Plan {
  const to = Math.max(end, from + 1);
  const wanted = (to - from) / points;
  const unit = level === RAW ? RAW_UNIT : level;
  // Beginning and end are widened to whole steps, which may take one step more than the plain quotient.
  for (let step = unit * Math.max(1, Math.ceil(wanted / unit)); ; step += unit) {
    const first = Math.floor(from / step) * step;
    const count = Math.ceil((to - first) / step);
    if (count <= points) return { level, from: first, step, count };
  }
}
