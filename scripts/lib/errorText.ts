import { inspect } from 'node:util';

/**
 * What went wrong, with causes but without Node's own frames: of an error that hid another while things were being closed,
 * both, the first one first.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : inspect(error);
  // Told by its parts: an error that came from another process has lost its class.
  if ('suppressed' in error && 'error' in error) {
    return `${errorText(error.suppressed)}\nand then, while closing:\n${errorText(error.error)}`;
  }
  const stack = (error.stack ?? error.message).split('\n').filter((line) => !/^ +at .*\(?node:internal/.test(line));
  return stack.join('\n') + (error.cause === undefined ? '' : `\nbecause of:\n${errorText(error.cause)}`);
}
