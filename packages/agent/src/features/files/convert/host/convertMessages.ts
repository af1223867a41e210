import type { FILE_OPERATIONS } from '@porthole/protocol';
import type * as z from 'zod';

/** The question of a `play`, with everything that may be left out of it. */
export type PlayAsk = z.output<typeof FILE_OPERATIONS.play.ask>;

/**
 * What a converter is told on its standard input, as JSON. It answers on its standard output: one line of JSON (`Media`, or
 * `ConvertedHead` with the bytes after it), and ends with 0 when that was all.
 */
export type ConvertTask =
  | { kind: 'media'; path: string }
  | { kind: 'picture'; path: string; size: number }
  | ({ kind: 'play' } & PlayAsk);

/** Exit status: the file is nothing that could be converted. Any other but 0 is a failure. */
export const UNSUPPORTED = 3;
