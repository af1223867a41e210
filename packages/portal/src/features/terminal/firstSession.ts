import type { TerminalSession } from '@porthole/protocol';

/**
 * The session to begin with where this browser has none open: the one that was used last, if it is not somebody else's: the
 * person sees it elsewhere, or nobody does and it was not another who typed into it. Whoever only watches gets the one that was used last. Undefined: none.
 */
export function firstSession(sessions: readonly TerminalSession[], user: string, types: boolean): string | undefined {
  const isOwn = ({ viewers, typist }: TerminalSession) =>
    viewers.length === 0
      ? typist === undefined || typist.user === user
      : viewers.some((viewer) => viewer.user === user);
  const choice = types ? sessions.filter(isOwn) : sessions;
  return choice.toSorted((a, b) => b.activeAt - a.activeAt)[0]?.id;
}
