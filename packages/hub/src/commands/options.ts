import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The command line was used wrongly; the message is one sentence that says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `parseArgs` of Node, with its complaints as `UsageError`. */
export function readArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

/** Throws `UsageError` when an option that must be there is not. */
export function required<Value>(value: Value | undefined, option: string): Value {
  if (value === undefined) throw new UsageError(`${option} is missing.`);
  return value;
}

/** `HOST:PORT`, with brackets around IPv6. Throws `UsageError`. */
export function parseListen(text: string): { host: string; port: number } {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+)):(\d{1,5})$/i.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (!host || port > 65_535) throw new UsageError(`--listen needs HOST:PORT such as 0.0.0.0:7443, not '${text}'.`);
  return { host, port };
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_TTL_MS = 30 * 86_400_000;

/** `90s`, `10m`, `2h` or `1d`, in ms, 30 days at most. Throws `UsageError`. */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^([1-9]\d{0,6})([smhd])$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(ms <= MAX_TTL_MS))
    throw new UsageError(`--ttl needs a time such as 90s, 10m, 2h or 1d, at most 30d, not '${text}'.`);
  return ms;
}

/** A whole number from 1 to 1000. Throws `UsageError`. */
export function parseUses(text: string): number {
  const uses = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (uses < 1 || uses > 1000) throw new UsageError(`--uses needs a number from 1 to 1000, not '${text}'.`);
  return uses;
}
