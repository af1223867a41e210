import type { AlertRule, StatsSample } from '@porthole/protocol';

/** What a look says of a rule: it is broken, it is kept, or too close to the threshold to say that it is kept again. */
export type Verdict = 'bad' | 'close' | 'good';

/** A judgement of one sample; `value` is what was measured, null where there is nothing to measure. */
export interface Judged {
  verdict: Verdict;
  value: number | null;
}

/** What counts as over again lies this much below the threshold, so that what wavers around it is told once. */
const CLEARED = 0.95;

/** What a sample says of a rule; undefined when it says nothing of it. */
export function judge({ kind, threshold, process }: AlertRule, sample: StatsSample): Judged | undefined {
  if (kind === 'offline') return undefined;
  if (kind === 'process') {
    const isMissing = process !== null && sample.missing?.includes(process) === true;
    return { verdict: isMissing ? 'bad' : 'good', value: null };
  }
  const value = measure(kind, sample);
  if (value === undefined || threshold === null) return undefined;
  if (value >= threshold) return { verdict: 'bad', value };
  return { verdict: value > threshold * CLEARED ? 'close' : 'good', value };
}

function measure(kind: 'disk' | 'cpu' | 'memory' | 'temperature', sample: StatsSample): number | undefined {
  switch (kind) {
    case 'cpu':
      return sample.cpu;
    case 'temperature':
      return sample.temperature;
    case 'memory':
      return shareOf(sample.memory);
    case 'disk':
      return sample.disk && shareOf(sample.disk);
  }
}

function shareOf({ used, total }: { used: number; total: number }): number | undefined {
  return total > 0 ? Math.min(used / total, 1) : undefined;
}
