import { type ErrorCode, PortholeError } from '@porthole/protocol';
import type { FilesApi } from '../filesApi.ts';

/** Bytes at the beginning of a log by which it is known again: what is only added to keeps them. */
const HEAD = 256;
/** Between two attempts, in ms. */
const PAUSE_MS = 500;
/** How often a log may be missing, or change while it is looked at, in a row. */
const MAX_LOOKS = 20;

/** What following ends with when the file is cut or replaced. */
const MAY_BE_ROTATED: ReadonlySet<ErrorCode> = new Set([
  'channel.closed',
  'file.changed',
  'file.missing',
  'file.range',
]);

interface FollowOptions {
  api: Pick<FilesApi, 'read' | 'follow'>;
  path: string;
  /** Where to begin, in bytes. */
  from: number;
  /** `beginning` is the first of the log, 256 bytes at most. */
  told(bytes: Uint8Array, beginning: Uint8Array): void;
  /** It was cut, or another took its place: what is told from now on stands at its beginning. */
  restarted(): void;
  signal: AbortSignal;
  pause?: (ms: number) => Promise<void>;
}

/** Follows a log over its rotations until the signal ends it. Rejects with why it cannot be followed any longer. */
export async function followLog(options: FollowOptions): Promise<void> {
  const { api, path, from, told, restarted, signal, pause = sleep } = options;
  const add = (bytes: Uint8Array) => {
    // What was looked at may have been shorter than a head, or empty.
    if (at === known.byteLength && at < HEAD) known = Uint8Array.of(...known, ...bytes.subarray(0, HEAD - at));
    at += bytes.byteLength;
    if (!signal.aborted) told(bytes, known);
  };
  let at = from;
  let known = new Uint8Array(0);
  while (!signal.aborted) {
    const { head, size } = await look(options);
    if (size < at || !beginsWith(head, known)) {
      at = 0;
      restarted();
    }
    known = head;
    await api.follow(path, at, { told: add, signal }).catch((reason: unknown) => {
      if (!mayBeRotated(reason)) throw reason;
    });
    if (!signal.aborted) await pause(PAUSE_MS);
  }
}

async function look({ api, path, signal, pause = sleep }: FollowOptions) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { bytes, size } = await api.read(path, { offset: 0, length: HEAD }, signal);
      return { head: new Uint8Array(bytes), size };
    } catch (reason) {
      const code = reason instanceof PortholeError ? reason.code : undefined;
      // An empty file has no part that could be asked for.
      if (code === 'file.range') return { head: new Uint8Array(0), size: 0 };
      // Who rotates a log renames it first and makes the new one then; and what is written to breaks off what is read of it.
      if (!mayBeRotated(reason) || attempt >= MAX_LOOKS) throw reason;
    }
    await pause(PAUSE_MS);
  }
}

function beginsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.byteLength >= start.byteLength && start.every((byte, at) => bytes[at] === byte);
}

function mayBeRotated(reason: unknown): boolean {
  return reason instanceof PortholeError && MAY_BE_ROTATED.has(reason.code);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
