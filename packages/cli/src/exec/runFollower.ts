import { setTimeout as sleep } from 'node:timers/promises';
import { PATHS, type RunLine, runLine } from '@porthole/protocol';
import { Failure } from '../remote/failure.ts';
import { type HubClient, Refusal } from '../remote/hubClient.ts';

/** Attempts in a row to go on after the connection was lost, and the time between them, in ms. */
const ATTEMPTS = 30;
const AGAIN_MS = 2_000;

/**
 * The lines of a run until it is over, each once, though the connection breaks in between. Throws `Failure` when it does
 * not come back, `Refusal` when the hub says so.
 */
export async function* followRun(client: HubClient, run: string, signal: AbortSignal): AsyncGenerator<RunLine> {
  const seen = new Map<string, number>();
  const path = `${PATHS.runs}/${run}/output?follow=all`;
  for (let failures = 0; ; failures++) {
    try {
      for await (const text of client.lines(path, { signal })) {
        failures = 0;
        const line = runLine.parse(JSON.parse(text));
        if ('error' in line) throw new Refusal(line.error.code, line.error.message);
        const fresh = unseenOf(line, seen);
        if (fresh) yield fresh;
        if ('done' in line) return;
      }
    } catch (error) {
      if (error instanceof Refusal || !(error instanceof Failure) || failures >= ATTEMPTS) throw error;
    }
    await sleep(AGAIN_MS, undefined, { signal });
  }
}

/** Pieces come as they came the first time, or joined; what was passed on already is cut off. */
export function unseenOf(line: RunLine, seen: Map<string, number>): RunLine | undefined {
  if (!('offset' in line)) return line;
  const { device, offset } = line;
  const from = Math.max(offset, seen.get(device) ?? 0);
  const size = 'leftOut' in line ? line.leftOut : bytesOf(line).byteLength;
  if (offset + size <= from) return undefined;
  seen.set(device, offset + size);
  if (from === offset) return line;
  if ('leftOut' in line) return { device, offset: from, leftOut: offset + size - from };
  const { at, stream } = line;
  return {
    device,
    offset: from,
    at,
    stream,
    base64: bytesOf(line)
      .subarray(from - offset)
      .toString('base64'),
  };
}

/** What a line holds. */
export function bytesOf(line: Extract<RunLine, { stream: string }>): Buffer {
  return 'text' in line ? Buffer.from(line.text, 'utf8') : Buffer.from(line.base64, 'base64');
}
