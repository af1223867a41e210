import { PortholeError } from '@porthole/protocol';

/** SQLite's primary codes for what the machine does to a database: busy, locked, no memory, read-only, I/O, damaged, full, cannot open. */
const OF_THE_MACHINE = new Set([5, 6, 7, 8, 10, 11, 13, 14]);

/** The database could not do what was asked, for a reason outside the program. Nothing was changed. */
export class StorageError extends PortholeError {
  /** SQLite's own words, such as 'database or disk is full'; for whoever runs the hub. */
  readonly reason: string;

  constructor(cause: Error) {
    super('internal');
    this.reason = cause.message;
    this.cause = cause;
  }
}

/** The same error, or a `StorageError` when it says that the machine is to blame and not the program. */
export function asStorageError(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  // The low byte is the primary code; the others say more precisely what happened.
  return OF_THE_MACHINE.has(error.errcode & 0xff) ? new StorageError(error) : error;
}
