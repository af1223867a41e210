import type { Folder } from '../backend.ts';
import { numberedName } from '../change/keepBoth.ts';
import type { FileSpace } from '../fileSpace.ts';
import { kindOf } from './describe.ts';
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

/** Everything at and below the paths, folders before what they hold; two paths that end alike get names of their own. */
export async function* walkAll(
  space: FileSpace,
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<TreeMet, void, undefined> {
  const taken = new Set<string>();
  for (const path of paths) {
    const name = path.split('/').findLast((part) => part !== '') ?? 'files';
    let treeName = name;
    for (let number = 2; taken.has(treeName); number++) treeName = numberedName(name, number);
    taken.add(treeName);
    try {
      yield* walkPath(space, path, { treeName, signal });
    } catch (error) {
      signal.throwIfAborted();
      yield { name, path, kind: 'other', treeName, error };
    }
  }
}

async function* walkPath(
  space: FileSpace,
  path: string,
  { treeName, signal }: { treeName: string; signal: AbortSignal },
): AsyncGenerator<TreeMet, void, undefined> {
  await using spot = await space.spot(path);
  const { folder, name } = spot;
  const pinned = await space.pinnedAt(folder, name);
  const kind = kindOf(pinned.stats);
  await pinned.close();
  yield { folder, name, path: spot.path, kind, treeName };
  if (kind !== 'directory') return;
  await using open = await space.folder(spot.path);
  const start = spot.path === '/' ? 0 : spot.path.length;
  for await (const met of walk(space, open, { signal, sorted: true })) {
    yield { ...met, treeName: treeName + met.path.slice(start) };
  }
}
