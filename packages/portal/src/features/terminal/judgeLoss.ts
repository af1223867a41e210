import type { ErrorCode, PortholeError, TerminalEnd } from '@porthole/protocol';

/** What only the passing of time mends. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'channel.closed',
  'channel.limit',
  'device.offline',
  'device.timeout',
  'link.replaced',
  'ticket.invalid',
  'grant.invalid',
  'internal',
]);

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
