import type { Folder } from '../backend.ts';
import { numberedName } from '../change/keepBoth.ts';
import type { FileSpace } from '../fileSpace.ts';
import { kindOf } from './describe.ts';
import { type Place, Siblings } from './siblings.ts';
import { type Met, walk } from './walk.ts';

/** An entry at or below one of several paths. */
export interface TreeMet {
  /** The folder that holds it; missing when the path itself could not be reached. */
  folder?: Folder;
  name: string;
  path: string;
  kind: Met['kind'];
  /** Its name below the folder that holds the path; `/` between the parts. */
  treeName: string;
  error?: unknown;
}

/**
 * Everything at and below the paths, folders before what they hold; two paths that end alike get names of their own. `after`
 * is a `treeName`: what has it and all before it are left out, whether it is there or not.
 */
export async function* walkAll(
  space: FileSpace,
  paths: readonly string[],
  signal: AbortSignal,
  after?: string,
): AsyncGenerator<TreeMet, void, undefined> {
  const [first, ...below] = after?.split('/') ?? [];
  const named = treeNamesOf(paths);
  await using siblings = new Siblings(space);
  const start = named.findIndex(({ treeName }) => treeName === first);
  for (const [at, { path, treeName }] of named.slice(Math.max(0, start)).entries()) {
    const passed = at === 0 && start >= 0 ? below : undefined;
    try {
      yield* walkPath(space, await siblings.find(path), { treeName, signal, passed });
    } catch (error) {
      signal.throwIfAborted();
      yield { name: lastOf(path), path, kind: 'other', treeName, error };
    }
  }
}

/** The same paths always get the same names. */
function treeNamesOf(paths: readonly string[]): { path: string; treeName: string }[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return paths.map((path) => {
    const name = lastOf(path);
    let treeName = name;
    // Thousands may end alike; none of them looks through the numbers of those before it.
    let number = numbers.get(name) ?? 2;
    for (; taken.has(treeName); number++) treeName = numberedName(name, number);
    numbers.set(name, number);
    taken.add(treeName);
    return { path, treeName };
  });
}

function lastOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? 'files';
}

interface PathWalk {
  treeName: string;
  signal: AbortSignal;
  /** What is below the path and was passed already; the path itself is then left out, too. */
  passed: readonly string[] | undefined;
}

async function* walkPath(
  space: FileSpace,
  { folder, name, path }: Place,
  { treeName, signal, passed }: PathWalk,
): AsyncGenerator<TreeMet, void, undefined> {
  const pinned = await space.pinnedAt(folder, name);
  const kind = kindOf(pinned.stats);
  await pinned.close();
  if (!passed) yield { folder, name, path, kind, treeName };
  if (kind !== 'directory') return;
  await using open = await space.folder(path);
  const start = path === '/' ? 0 : path.length;
  for await (const met of walk(space, open, { signal, sorted: true, after: passed ?? [] })) {
    yield { ...met, treeName: treeName + met.path.slice(start) };
  }
}
