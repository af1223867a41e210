import { ERRORS, type ErrorCode, PortholeError } from '@porthole/protocol';
import { english } from './texts/en/english.ts';
import { texts } from './texts.ts';

/**
 * What a refusal of the hub or a device says to the person, in their language. `message` is what came with the code: it may be
 * more precise, but is English always.
 */
export function sentenceFor(code: ErrorCode, message = ''): string {
  return texts.locale === english.locale && message !== '' ? message : texts.errors[code];
}

/** A refusal that was made in this page says what the page says already, unless it only repeats the catalogue of errors. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof PortholeError)) return texts.errors.internal;
  return error.message === ERRORS[error.code].message ? texts.errors[error.code] : error.message;
}
