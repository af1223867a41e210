import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { Folder } from '../backend.ts';
import { childPath } from '../filePaths.ts';
import type { FileSpace, OpenFolder } from '../fileSpace.ts';
import { namesInOrder } from './nameTable.ts';
import { type NamedEntry, readFolder } from './readFolder.ts';

/** An entry met on the way through a tree. `folder` holds it and is open until the next one is asked for. */
export interface Met {
  folder: Folder;
  name: string;
  path: string;
  kind: NamedEntry['kind'];
  /** Why a folder could not be looked into; it is then told of a second time. */
  error?: unknown;
}

export interface WalkOptions {
  signal: AbortSignal;
  /** In the order of their names, folder by folder; otherwise as the system gives them. */
  sorted?: boolean;
  /** The way down to an entry, name by name: it and all before it, in that order, are left out; needs `sorted`. */
  after?: readonly string[];
  /** Folders that are not looked into. */
  skip?: (met: Met) => boolean;
}

/**
 * Everything below a folder, folders before what they hold. Links are met and never followed, so no tree is endless; one
 * folder that cannot be read is told of and does not end the walk.
 */
export async function* walk(
  space: FileSpace,
  open: OpenFolder,
  options: WalkOptions,
): AsyncGenerator<Met, void, undefined> {
  const { signal, sorted = false, skip = () => false, after: [passed, ...below] = [] } = options;
  const { folder, path } = open;
  for await (const batch of sorted ? inOrder(folder, passed) : readFolder(folder)) {
    for (const { name, kind } of batch) {
      signal.throwIfAborted();
      const met: Met = { folder, name, kind, path: childPath(path, name) };
      if (name !== passed) yield met;
      const after = name === passed ? below : [];
      if (kind === 'directory' && !skip(met)) yield* descend(space, met, { ...options, after });
    }
  }
}

async function* descend(space: FileSpace, met: Met, options: WalkOptions): AsyncGenerator<Met, void, undefined> {
  let below: Folder;
  try {
    below = await space.openBelow(met.folder, met.name);
  } catch (error) {
    yield { ...met, error };
    return;
  }
  const close = () => below.close();
  try {
    yield* walk(space, { folder: below, path: met.path, close, [Symbol.asyncDispose]: close }, options);
  } catch (error) {
    if (options.signal.aborted) throw error;
    yield { ...met, error };
  } finally {
    await close();
  }
}

async function* inOrder(folder: Folder, from: string | undefined): AsyncGenerator<NamedEntry[], void, undefined> {
  const kinds = new Map<string, NamedEntry['kind']>();
  for await (const batch of readFolder(folder)) for (const { name, kind } of batch) kinds.set(name, kind);
  yield namesInOrder([...kinds.keys()], from).map((name) => ({ name, kind: kinds.get(name) ?? 'other' }));
}

/** What the system says of an entry met; undefined when it has gone. */
export async function statMet({ folder, name }: Met): Promise<BigIntStats | undefined> {
  return await lstat(folder.at(name), { bigint: true }).catch(() => undefined);
}
