import type { Conflict } from '../filesApi.ts';

export const UPLOAD_STATES = [
  'waiting',
  'running',
  'paused',
  'conflict',
  'done',
  'skipped',
  'failed',
  'needsFile',
] as const;
export type UploadPhase = (typeof UPLOAD_STATES)[number];

/** What of an upload outlives the page. Sizes in bytes, times in ms since 1970. */
export interface UploadRecord {
  id: string;
  deviceId: string;
  /** An absolute path on the device. */
  folder: string;
  /** Below the folder, with `/`. */
  path: string;
  size: number;
  modified: number;
  conflict: Conflict;
  /** Where it goes on; undefined until the hub has named it. */
  url: string | undefined;
  /** What was sent of it when last heard of. */
  sent: number;
  /** Why it failed, or what it waits for, as a sentence. */
  error: string | undefined;
}

/** One file on its way to a device. */
export interface Upload extends UploadRecord {
  phase: UploadPhase;
  file: File | undefined;
  /** Those that were dropped together: an answer for all is for these. */
  batch: string;
  /** Tries that failed in a row for a reason that may pass. */
  attempts: number;
  /** Not before then, in ms since 1970. */
  notBefore: number;
}

/** Whether nothing more will happen to it. */
export function isOver({ phase }: Upload): boolean {
  return phase === 'done' || phase === 'skipped';
}

/** Whether it goes on by itself. */
export function isGoing({ phase }: Upload): boolean {
  return phase === 'running' || phase === 'waiting';
}

/** Whether it goes on when a person says so. */
export function isResumable({ phase, file }: Upload): boolean {
  return file !== undefined && (phase === 'paused' || phase === 'failed');
}

/** Smaller files go together with others, in one request. */
const SMALL = 64 * 1024;

/**
 * Whether it goes with others: a small one that nobody has begun yet. One that breaks off for the second time goes alone, so that
 * none keeps others from arriving.
 */
export function isSmall({ size, url, conflict, attempts }: Upload): boolean {
  return size <= SMALL && url === undefined && conflict !== 'same' && attempts < 2;
}

/** Whether `file` is the one that an upload was begun with, as far as a browser can tell. */
export function isSameFile(
  { path, size, modified }: UploadRecord,
  file: Pick<File, 'name' | 'size' | 'lastModified'>,
): boolean {
  return path.split('/').at(-1) === file.name && size === file.size && modified === file.lastModified;
}

const WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000];
const LAST_WAIT_MS = 15_000;

/** How long to wait after so many failures in a row that may pass. */
export function waitAfter(attempts: number): number {
  return WAITS_MS[attempts] ?? LAST_WAIT_MS;
}
