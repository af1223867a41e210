import type { TerminalSession } from '@porthole/protocol';

/**
 * The session to begin with where this browser has none open: of those that the person began, the one that was used last.
 * Nobody gets another's without asking for it, but for those who only watch: they get the one that was used last. Undefined: none.
 */
export function firstSession(sessions: readonly TerminalSession[], user: string, types: boolean): string | undefined {
  const choice = types ? sessions.filter(({ startedBy }) => startedBy === user) : sessions;
  return choice.toSorted((a, b) => b.activeAt - a.activeAt)[0]?.id;
}
