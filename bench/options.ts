import { parseArgs } from 'node:util';
import { Refusal } from '../scripts/lib/refusal.mjs';

/** What was asked for on the command line. Empty lists choose everything. */
export interface Options {
  suites: string[];
  rounds: number;
  workloads: string[];
  contestants: string[];
  links: string[];
  /** Where results go, instead of the repository's own. */
  out: string | undefined;
}

/** Throws `Refusal` with one sentence on what makes no sense. */
export function parseOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Refusal('--rounds takes a number from 1.');
  return {
    suites: positionals,
    rounds,
    workloads: listOf(values.only),
    contestants: listOf(values.contestants),
    links: listOf(values.links),
    out: values.out,
  };
}

/** Those whose key is in `wanted`, in their own order; all when nothing is wanted. Throws `Refusal` on an unknown one. */
export function pick<T>(
  what: string,
  all: readonly T[],
  wanted: readonly string[],
  keyOf: (item: T) => string,
): readonly T[] {
  const known = all.map(keyOf);
  const unknown = wanted.find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refusal(`There is no ${what} '${unknown}'; there are ${known.join(', ')}.`);
  return wanted.length === 0 ? all : all.filter((item) => wanted.includes(keyOf(item)));
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = { rounds: { ...text, default: '3' }, only: text, contestants: text, links: text, out: text };
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

function listOf(text = ''): string[] {
  return text.split(',').filter((part) => part !== '');
}
