/** One process of a system that tells of them by its own programs. */
export interface OtherProcess {
  parent: number;
  /** ms since 1970; 0 where it is not told. */
  started: number;
}

/** When a process began, out of what the library says: local time, as `2024-05-01 12:00:00`. */
export function startedAt(text: string): number {
  const time = Date.parse(text.replace(' ', 'T'));
  return Number.isFinite(time) ? time : 0;
}

/** The process of that number; undefined when there is none. */
export async function findOtherProcess(pid: number): Promise<OtherProcess | undefined> {
  const { processes } = await import('systeminformation');
  const row = (await processes()).list.find((each) => each.pid === pid);
  return row && { parent: row.parentPid, started: startedAt(row.started) };
}
