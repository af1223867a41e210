import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './failure.ts';

/** `parseArgs` of Node, with its complaints as `UsageError`. */
export function readArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `90s`, `10m`, `2h` or `1d`, in seconds, at most `max`. Throws `UsageError`. */
export function parseSeconds(option: string, text: string, max: number): number {
  const [, digits, unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (!(seconds <= max)) throw new UsageError(`${option} needs a time such as 90s, 10m or 2h, not '${text}'.`);
  return seconds;
}

/** A whole number. Throws `UsageError`. */
export function parseCount(option: string, text: string, max: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > max) throw new UsageError(`${option} needs a number from 1 to ${max}, not '${text}'.`);
  return count;
}
