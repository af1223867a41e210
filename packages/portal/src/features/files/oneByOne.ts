import { MAX_PATHS, type Outcome } from '@porthole/protocol';
import type { Following, Progress } from './filesApi.ts';

/** Bytes that the paths of one request may come to as JSON; the hub takes 240 KiB, and a folder may stand beside them. */
const ROOM = 192 * 1024;

/** The paths in as many requests as they take, when one may name `most`. */
export function pathBatches(paths: readonly string[], most = MAX_PATHS): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const path of paths) {
    const bytes = new TextEncoder().encode(JSON.stringify(path)).byteLength + 1;
    const last = batches.at(-1);
    room -= bytes;
    if (last && room >= 0 && last.length < most) last.push(path);
    else {
      batches.push([path]);
      room = ROOM - bytes;
    }
  }
  return batches;
}

/**
 * Asks for one part after the other, and puts together what is told and what became of them. Once `signal` is aborted no
 * further part is asked for, and it resolves to what is known to be done.
 */
export async function oneByOne<Part>(
  parts: Iterable<Part>,
  ask: (part: Part, following: Following<Progress>) => Promise<Outcome>,
  { told, signal }: Following<Progress>,
): Promise<Outcome> {
  let whole: Outcome = { done: 0, failed: [] };
  let before: Progress = { entries: 0, bytes: 0 };
  for (const part of parts) {
    let now = before;
    const add = (news: Progress) => {
      now = { entries: before.entries + news.entries, bytes: before.bytes + news.bytes };
      told?.(now);
    };
    try {
      const { done, failed } = await ask(part, { told: add, ...(signal && { signal }) });
      whole = { done: whole.done + done, failed: [...whole.failed, ...failed] };
      // The last of a part is told of by its outcome alone.
      if (before.entries + done > now.entries) add({ entries: done, bytes: now.bytes - before.bytes });
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
    if (signal?.aborted) break;
    before = now;
  }
  return whole;
}
