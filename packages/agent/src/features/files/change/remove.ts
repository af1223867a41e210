import { type Outcome, PortholeError } from '@porthole/protocol';
import type { Exchange } from '../exchange.ts';
import type { FileSpace } from '../fileSpace.ts';
import { Progress } from './progress.ts';
import { removeTree } from './removeTree.ts';
import type { Trash } from './trash.ts';

/** Removes entries with all that is in them, for ever or into the system's trash. */
export async function remove(
  space: FileSpace,
  trash: Trash,
  { paths, forever }: { paths: string[]; forever: boolean },
  exchange: Exchange,
): Promise<Outcome> {
  const progress = new Progress(exchange);
  return await progress.forEach(paths, async (path) => {
    await using spot = await space.spot(path);
    if (spot.name === '') throw new PortholeError('file.denied');
    await (await space.pinnedAt(spot.folder, spot.name)).close();
    if (forever) return await removeTree(space, spot, progress);
    await trash.throwAway(spot);
    await progress.add({ entries: 1 });
    return true;
  });
}
