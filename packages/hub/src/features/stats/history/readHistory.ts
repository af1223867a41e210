import { setImmediate as nextTurn } from 'node:timers/promises';
import type { History, HistoryTop, Retention } from '@porthole/protocol';
import { Buckets } from './buckets.ts';
import { Figures } from './figures.ts';
import { type HistoryRow, type HistoryStore, SLICE } from './historyStore.ts';
import { levelsOf, type Plan, planOf, RAW, STEPS } from './levels.ts';
import { MINUTE, unpackSamples } from './samples.ts';
import { orGap } from './stored.ts';

/** What is asked; times in ms since 1970. */
export interface Question {
  deviceId: string;
  from: number;
  to: number;
  points: number;
}

/** What is older than it is kept and not deleted yet, or was recorded by a clock that ran ahead, is looked for so far, in ms. */
const STRAY_MS = 86_400_000;

/** Answers what was, from what is on disk. `now` is the hub's clock. */
export async function readHistory(
  store: HistoryStore,
  { deviceId, ...asked }: Question,
  { retention, now }: { retention: Retention; now: number },
): Promise<History> {
  const levels = levelsOf(retention);
  const plan = planOf(asked, levels, now);
  const buckets = new Buckets(plan);
  const every = Math.max(plan.level, MINUTE);
  const kept = levels.find(({ step }) => step === plan.level)?.keepMs ?? 0;
  // However much is asked for, no more is looked up than there can be.
  const begin = Math.max(plan.from, now - kept - STRAY_MS);
  const end = Math.min(plan.from + plan.step * plan.count + (plan.level === RAW ? MINUTE : 0), now + STRAY_MS);
  for (let at = Math.floor(begin / every) * every; at < end; at += every * SLICE) {
    for (const row of store.read(deviceId, { step: plan.level, every }, at, end)) addRow(buckets, plan, row);
    await nextTurn();
  }
  return buckets.result();
}

function addRow(buckets: Buckets, plan: Plan, { at, figures }: HistoryRow): void {
  if (plan.level === RAW) for (const sample of orGap(() => unpackSamples(figures, at)) ?? []) buckets.addSample(sample);
  else buckets.addStep(at, orGap(() => Figures.decode(figures)) ?? new Figures());
}

/** What stood out around a moment: in its minute or one beside it, else in the longer step that it lies in. */
export function readTop(store: HistoryStore, deviceId: string, moment: number): HistoryTop {
  for (const step of STEPS) {
    const own = Math.floor(moment / step) * step;
    const next = moment - own < step / 2 ? own - step : own + step;
    for (const at of step === MINUTE ? [own, next] : [own]) {
      const top = store.topAt(deviceId, step, at);
      if (top.length > 0) return { at, top };
    }
  }
  return { at: null, top: [] };
}
