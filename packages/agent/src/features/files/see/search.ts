import { type FileAsk, type FileEntry, MAX_PATH } from '@porthole/protocol';
import type { Accounts } from '../../../platform/accounts.ts';
import type { Exchange } from '../exchange.ts';
import type { FileSpace } from '../fileSpace.ts';
import { entryOf } from './describe.ts';
import { type Met, statMet, walk } from './walk.ts';

/** What was found is told of when it is this many, this large, or this old in ms. */
const BATCH = 200;
const BATCH_JSON = 100_000;
const BATCH_MS = 150;
/** Entries after which other work gets a turn. */
const TURN = 2_000;

type Found = FileEntry & { path: string };

/** Sends every entry below a folder whose name matches, as it is found. */
export async function search(
  space: FileSpace,
  { path, name, limit = 10_000, hidden = false }: FileAsk<'search'>,
  exchange: Exchange,
  accounts: Accounts,
): Promise<{ truncated: boolean }> {
  await using open = await space.folder(path);
  await accounts.refresh();
  const matches = nameMatcher(name);
  const batch = new Batch(exchange);
  // Nobody could ask for what has too long a path, nor for anything below it.
  const isLeftOut = (met: Met) => (!hidden && met.name.startsWith('.')) || met.path.length > MAX_PATH;
  let [found, seen] = [0, 0];
  for await (const met of walk(space, open, { signal: exchange.signal, skip: isLeftOut })) {
    if (++seen % TURN === 0) await turn();
    if (isLeftOut(met) || met.error !== undefined || !matches(met.name)) {
      await batch.flushOld();
      continue;
    }
    if (found === limit) {
      await batch.flush();
      return { truncated: true };
    }
    const stats = await statMet(met);
    if (!stats) continue;
    found++;
    await batch.add({ ...entryOf(met.name, stats, accounts), path: met.path });
  }
  await batch.flush();
  return { truncated: false };
}

/** A part of a name in any case; with `*` and `?` the whole name as in a shell. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!/[*?]/.test(wanted)) return (name) => name.toLowerCase().includes(wanted);
  return (name) => globMatches([...wanted], [...name.toLowerCase()]);
}

/** Never slower than the two lengths multiplied, whatever the pattern is. */
function globMatches(pattern: string[], name: string[]): boolean {
  let [p, n] = [0, 0];
  let [star, retry] = [-1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      [star, retry] = [p++, n];
    } else if (pattern[p] === '?' || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++retry;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Entries on their way, some at a time. */
class Batch {
  readonly #exchange: Exchange;
  #entries: Found[] = [];
  #json = 0;
  #since = 0;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  async add(entry: Found): Promise<void> {
    const json = Buffer.byteLength(JSON.stringify(entry));
    if (this.#json + json > BATCH_JSON) await this.flush();
    if (this.#entries.length === 0) this.#since = performance.now();
    this.#entries.push(entry);
    this.#json += json;
    if (this.#entries.length >= BATCH) await this.flush();
  }

  async flushOld(): Promise<void> {
    if (this.#entries.length > 0 && performance.now() - this.#since > BATCH_MS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#entries.length === 0) return;
    const entries = this.#entries;
    this.#entries = [];
    this.#json = 0;
    await this.#exchange.item(entries);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
