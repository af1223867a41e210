import type { TreeEntry } from '@porthole/protocol';
import type { Exchange } from '../exchange.ts';
import { fileErrorCode } from '../fileErrors.ts';
import type { FileSpace } from '../fileSpace.ts';
import { kindOf, modifiedOf } from './describe.ts';
import { statMet } from './walk.ts';
import { type TreeMet, walkAll } from './walkAll.ts';

/** Sends every entry at and below the paths, one by one, from behind `after` on; a folder that cannot be read is sent again with its error. */
export async function sendTree(
  space: FileSpace,
  { paths, after }: { paths: readonly string[]; after?: string | undefined },
  exchange: Exchange,
): Promise<object> {
  for await (const met of walkAll(space, paths, exchange.signal, after)) await exchange.item(await treeEntryOf(met));
  return {};
}

async function treeEntryOf({ folder, name, path, kind, treeName, error }: TreeMet): Promise<TreeEntry> {
  const stats = folder && (await statMet({ folder, name, path, kind }));
  const common = { name: treeName, path };
  if (!stats) return { ...common, kind, size: 0, modified: 0, error: error ? fileErrorCode(error) : 'file.missing' };
  const entry = { ...common, kind: kindOf(stats), size: Number(stats.size), modified: modifiedOf(stats) };
  return error === undefined ? entry : { ...entry, error: fileErrorCode(error) };
}
