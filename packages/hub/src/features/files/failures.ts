import { type ErrorCode, PortholeError } from '@porthole/protocol';

/** Reasons that pass by themselves: whoever waits can go on. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'device.offline',
  'device.timeout',
  'channel.closed',
  'channel.limit',
  'link.replaced',
  'upload.busy',
]);
/** Reasons that would only repeat with the next file. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'not-found',
  'policy.denied',
  'feature.off',
  'feature.unsupported',
  'file.no-space',
  'file.read-only',
  'file.outside',
  'auth.session-ended',
  'internal',
]);
/** Reasons for which a file is begun anew, once: what was kept of it does not fit what is sent. */
const SPOILT: ReadonlySet<ErrorCode> = new Set([
  'upload.wrong-hash',
  'upload.offset',
  'upload.unknown',
  'file.changed',
]);

/** What a refusal means for a whole copy: wait, give up, try this file again, or leave this file out. */
export function verdictOn(code: ErrorCode): 'wait' | 'stop' | 'again' | 'skip' {
  if (PASSING.has(code)) return 'wait';
  if (FINAL.has(code)) return 'stop';
  return SPOILT.has(code) ? 'again' : 'skip';
}

/** Whether it is a reason that passes by itself: what was asked for may have happened, or may yet. */
export function isPassing(error: unknown): boolean {
  return error instanceof PortholeError && verdictOn(error.code) === 'wait';
}
