import { PortholeError } from '@porthole/protocol';

/** What went wrong as one of the catalogue: `internal` when nobody foresaw it. */
export function asPortholeError(error: unknown): PortholeError {
  return error instanceof PortholeError ? error : new PortholeError('internal');
}
