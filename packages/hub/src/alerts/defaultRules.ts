import type { AlertRuleBody } from '@porthole/protocol';

const MINUTE = 60_000;
const all = { scope: { kind: 'all' }, process: null, enabled: true } as const;

/** What a new hub watches for. */
export const DEFAULT_RULES: readonly AlertRuleBody[] = [
  { ...all, kind: 'offline', threshold: null, forMs: 5 * MINUTE },
  { ...all, kind: 'disk', threshold: 0.9, forMs: 5 * MINUTE },
  { ...all, kind: 'cpu', threshold: 0.95, forMs: 15 * MINUTE },
  { ...all, kind: 'memory', threshold: 0.95, forMs: 10 * MINUTE },
  { ...all, kind: 'temperature', threshold: 90, forMs: 5 * MINUTE },
];
