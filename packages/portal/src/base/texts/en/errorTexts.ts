import { ERRORS, type ErrorCode } from '@porthole/protocol';

/** The sentence of each refusal, by its code: in English as the catalogue of errors has it. Part of `texts`. */
export const errorTexts = Object.fromEntries(
  Object.entries(ERRORS).map(([code, { message }]) => [code, message]),
) as Record<ErrorCode, string>;
