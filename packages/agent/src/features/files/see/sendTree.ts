import { MAX_PATH, type TreeEntry } from '@porthole/protocol';
import type { Exchange } from '../exchange.ts';
import { fileErrorCode } from '../fileErrors.ts';
import { parentPath } from '../filePaths.ts';
import type { FileSpace } from '../fileSpace.ts';
import { kindOf, modifiedOf } from './describe.ts';
import { statMet } from './walk.ts';
import { type TreeMet, walkAll } from './walkAll.ts';

/**
 * Sends every entry at and below the paths, one by one, from behind `after` on. A folder that cannot be read, or that holds
 * what is too deep to be told of, is sent again with its error.
 */
export async function sendTree(
  space: FileSpace,
  { paths, after }: { paths: readonly string[]; after?: string | undefined },
  exchange: Exchange,
): Promise<object> {
  let told: string | undefined;
  for await (const met of walkAll(space, paths, exchange.signal, after)) {
    if (fits(met)) await exchange.item(await treeEntryOf(met));
    else {
      const above = aboveOf(met);
      if (!fits(above) || above.path === told) continue;
      told = above.path;
      await exchange.item(tooDeep(above));
    }
  }
  return {};
}

type Place = Pick<TreeMet, 'path' | 'treeName'>;

function fits({ path, treeName }: Place): boolean {
  return path.length <= MAX_PATH && treeName.length <= MAX_PATH;
}

function aboveOf({ path, treeName }: Place): Place {
  return { path: parentPath(path), treeName: parentPath(treeName) };
}

function tooDeep({ path, treeName }: Place): TreeEntry {
  return { name: treeName, path, kind: 'directory', size: 0, modified: 0, error: 'file.name-too-long' };
}

async function treeEntryOf({ folder, name, path, kind, treeName, error }: TreeMet): Promise<TreeEntry> {
  const stats = folder && (await statMet({ folder, name, path, kind }));
  const common = { name: treeName, path };
  if (!stats) return { ...common, kind, size: 0, modified: 0, error: error ? fileErrorCode(error) : 'file.missing' };
  const entry = { ...common, kind: kindOf(stats), size: Number(stats.size), modified: modifiedOf(stats) };
  return error === undefined ? entry : { ...entry, error: fileErrorCode(error) };
}
