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
  sizes: Sizes;
}

/** How much is carried to and fro where files are measured, and how many there are of what. */
export interface Sizes {
  /** Millions of bytes of the large file. */
  megabytes: number;
  /** Small files that are uploaded. */
  files: number;
  /** Entries of the large folder. */
  entries: number;
  /** Devices on the home page. */
  devices: number;
}

/** Throws `Refusal` with one sentence on what makes no sense. */
export function parseOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  return {
    suites: positionals,
    rounds: numberOf('rounds', values.rounds),
    workloads: listOf(values.only),
    contestants: listOf(values.contestants),
    links: listOf(values.links),
    out: values.out,
    sizes: {
      megabytes: numberOf('megabytes', values.megabytes),
      files: numberOf('files', values.files),
      entries: numberOf('entries', values.entries),
      devices: numberOf('devices', values.devices),
    },
  };
}

/** Names of suites in place of families: `files` means every suite whose name begins with `files-`. */
export function withFamilies(wanted: readonly string[], names: readonly string[]): string[] {
  return wanted.flatMap((name) => {
    const family = names.filter((each) => each.startsWith(`${name}-`));
    return names.includes(name) || family.length === 0 ? [name] : family;
  });
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
    const number = (normal: number) => ({ ...text, default: String(normal) });
    const lists = { only: text, contestants: text, links: text, out: text };
    const files = { megabytes: number(512), files: number(10_000), entries: number(200_000) };
    return parseArgs({
      args,
      allowPositionals: true,
      options: { rounds: number(3), devices: number(1_000), ...lists, ...files },
    });
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Refusal(`--${name} takes a number from 1.`);
  return number;
}

function listOf(text = ''): string[] {
  return text.split(',').filter((part) => part !== '');
}
