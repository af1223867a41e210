/** What decides whether a run is kept. */
export interface KeptRun {
  id: string;
  createdAt: number;
  endedAt: number | null;
  /** Bytes of its output. */
  kept: number;
}

const DAY_MS = 86_400_000;
/** Beyond any of these the oldest go, as soon as they are over. */
export const KEEP = { days: 30, runs: 10_000, bytes: 1024 ** 3 } as const;

/** Those of the runs, the newest first, that are kept no longer. */
export function expiredRuns(runs: readonly KeptRun[], now: number): string[] {
  let bytes = 0;
  return runs.flatMap(({ id, createdAt, endedAt, kept }, position) => {
    bytes += kept;
    const isTooMuch = position >= KEEP.runs || bytes > KEEP.bytes || createdAt < now - KEEP.days * DAY_MS;
    return isTooMuch && endedAt !== null ? [id] : [];
  });
}
