import type { Run, RunDevice, RunSummary, RunWish } from '@porthole/protocol';
import type { Schema } from '../../base/db/schema.ts';

export type RunRow = Omit<Schema['runs'], 'seq'> & { seq: number };
export type NewRun = Omit<RunRow, 'seq'>;
export type RunDeviceRow = Schema['runDevices'];
export type Counts = Pick<RunSummary, 'counts' | 'unsuccessful'>;

/** How many characters of a command are searched and told in the log. */
const MAX_WORDS = 4_000;

/** A fresh run as it is stored. */
export function newRun(id: string, wish: RunWish, user: { userId: string; username: string }, now: number): NewRun {
  return {
    id,
    ...user,
    what: JSON.stringify(wish.what),
    words: commandText(wish.what).slice(0, MAX_WORDS),
    folder: wish.folder ?? null,
    timeoutMs: wish.timeoutSeconds * 1_000,
    concurrency: wish.concurrency,
    paced: wish.paced ? 1 : 0,
    input: wish.input ?? null,
    createdAt: now,
    deadline: now + wish.waitSeconds * 1_000,
    endedAt: null,
    counts: null,
    // The rows of its devices count as well.
    kept: wish.devices.length * 1024,
  };
}

/** A command on one line, for people: never to be run. */
export function commandText(what: RunWish['what']): string {
  if (what.kind === 'argv') return what.argv.join(' ');
  return [what.interpreter, what.script, ...what.arguments].join(' ');
}

export function countsOf(devices: Iterable<RunDevice>): Counts {
  const counts = { queued: 0, waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  let unsuccessful = 0;
  for (const { state, code } of devices) {
    counts[state]++;
    if (state === 'done' && code !== 0) unsuccessful++;
  }
  return { counts, unsuccessful };
}

/** As lists show it. */
export function shownSummary(row: RunRow, counts: Counts): RunSummary {
  return {
    id: row.id,
    user: row.username,
    what: JSON.parse(row.what),
    ...(row.folder !== null && { folder: row.folder }),
    timeoutSeconds: row.timeoutMs / 1_000,
    concurrency: row.concurrency,
    createdAt: row.createdAt,
    deadline: row.deadline,
    ...(row.endedAt !== null && { endedAt: row.endedAt }),
    ...counts,
  };
}

export function shownRun(row: RunRow, devices: RunDevice[]): Run {
  return { ...shownSummary(row, countsOf(devices)), devices };
}

export function shownDevice(row: RunDeviceRow): RunDevice {
  return {
    device: row.deviceId,
    name: row.name,
    state: row.state,
    ...(row.code !== null && { code: row.code }),
    ...(row.signal !== null && { signal: row.signal }),
    ...(row.timedOut !== null && { timedOut: row.timedOut === 1 }),
    ...(row.error !== null && { error: row.error }),
    ...(row.startedAt !== null && { startedAt: row.startedAt }),
    ...(row.endedAt !== null && { endedAt: row.endedAt }),
    bytes: row.bytes,
  };
}

/** The columns of it that change. */
export function deviceColumns({ state, code, signal, timedOut, error, startedAt, endedAt, bytes }: RunDevice) {
  return {
    state,
    code: code ?? null,
    signal: signal ?? null,
    timedOut: timedOut === undefined ? null : Number(timedOut),
    error: error ?? null,
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    bytes,
  };
}
