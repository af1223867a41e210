/** Copies that run at once. */
const MAX_RUNNING = 16;
/** Those of them that are one user's: whoever begins many leaves room for others. */
const MAX_OF_ONE = 4;

interface Turn {
  row: { userId: string };
}

/**
 * Which of those that wait, the oldest first, has the next turn: one of the user who has the fewest running. Undefined when
 * all 16 places are taken, or each who waits has four.
 */
export function nextTurn<Waiting extends Turn>(
  waiting: readonly Waiting[],
  running: readonly Turn[],
): Waiting | undefined {
  if (running.length >= MAX_RUNNING) return undefined;
  const counts = new Map<string, number>();
  const countOf = ({ row }: Turn) => counts.get(row.userId) ?? 0;
  for (const turn of running) counts.set(turn.row.userId, countOf(turn) + 1);
  const fewest = Math.min(...waiting.map(countOf));
  return fewest < MAX_OF_ONE ? waiting.find((turn) => countOf(turn) === fewest) : undefined;
}
