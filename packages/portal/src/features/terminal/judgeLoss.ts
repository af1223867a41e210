import type { PortholeError, TerminalEnd } from '@porthole/protocol';
import { PASSING } from '../../base/passing.ts';

export type Verdict = 'retry' | 'refused' | { phase: 'ended'; end: TerminalEnd };

/**
 * What the loss of a session's channel means: to come back, that it was refused, or that the session is no more.
 * `target` tells whether the session had begun.
 */
export function judgeLoss(reason: PortholeError, target: 'new' | 'existing'): Verdict {
  if (PASSING.has(reason.code)) return 'retry';
  const isOver = reason.code === 'terminal.lost' || (reason.code === 'terminal.unknown' && target === 'existing');
  return isOver ? { phase: 'ended', end: { reason: 'lost' } } : 'refused';
}
