import type { Verdict } from './verdict.ts';

/** How a rule and a device stand to each other. Times by a clock that never jumps, in ms; `seen` is the last look. */
export type Phase =
  | { name: 'quiet' }
  | { name: 'pending'; since: number; seen: number }
  | { name: 'on' }
  | { name: 'clearing'; since: number };

export const QUIET: Phase = { name: 'quiet' };
export const ON: Phase = { name: 'on' };

export interface Look {
  verdict: Verdict;
  now: number;
  /** How long it has to be bad before it is raised, and good before it is cleared. */
  forMs: number;
  clearMs: number;
  /** Without a look for so long nothing is known of the time between. */
  gapMs: number;
}

/** Whether there is an alert in that phase. */
export function isOn({ name }: Phase): boolean {
  return name === 'on' || name === 'clearing';
}

/** What follows from one look. */
export function nextPhase(phase: Phase, look: Look): Phase {
  const { verdict, now, forMs } = look;
  switch (phase.name) {
    case 'quiet':
      if (verdict !== 'bad') return QUIET;
      return forMs === 0 ? ON : { name: 'pending', since: now, seen: now };
    case 'pending':
      return verdict === 'bad' ? stillBad(phase, look) : QUIET;
    case 'on':
      return verdict === 'good' ? { name: 'clearing', since: now } : ON;
    case 'clearing':
      if (verdict !== 'good') return ON;
      return now - phase.since >= look.clearMs ? QUIET : phase;
  }
}

function stillBad({ since, seen }: { since: number; seen: number }, { now, forMs, gapMs }: Look): Phase {
  if (now - seen > gapMs) return { name: 'pending', since: now, seen: now };
  return now - since >= forMs ? ON : { name: 'pending', since, seen: now };
}
