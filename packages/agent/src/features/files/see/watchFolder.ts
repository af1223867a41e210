import { watch } from 'node:fs';
import { PortholeError } from '@porthole/protocol';
import type { Folder } from '../backend.ts';
import type { Exchange } from '../exchange.ts';
import type { FileSpace } from '../fileSpace.ts';
import { etagOf } from './describe.ts';

/** Changes within this time are told of together, in ms. */
const GATHER_MS = 250;
/** How often a folder is looked at besides, in ms: drives of the network tell of no changes, and no folder of those above it. */
const LOOK_MS = 3_000;

/** Tells whenever something in the folder changed, until the channel closes or its path no longer leads to that folder. */
export async function watchFolder(space: FileSpace, path: string, exchange: Exchange): Promise<void> {
  await using open = await space.folder(path);
  const { folder } = open;
  const ended = Promise.withResolvers<void>();
  let state = etagOf(await folder.stat());
  let gathering: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  const check = () => checkSame(space, path, folder);
  const tell = () => {
    gathering = undefined;
    telling = telling
      .then(check)
      .then(() => exchange.item({}))
      .catch((error: unknown) => ended.reject(error));
  };
  const changed = () => {
    gathering ??= setTimeout(tell, GATHER_MS);
  };
  const look = async () => {
    await check();
    const now = etagOf(await folder.stat());
    if (now !== state) changed();
    state = now;
  };
  const watcher = watch(folder.at(''), { persistent: false }, changed);
  watcher.on('error', (error) => ended.reject(error));
  let isLooking = false;
  const again = async () => {
    // One look at a time: a drive that hangs is not asked over and over.
    if (isLooking) return;
    isLooking = true;
    await look().catch((error: unknown) => ended.reject(error));
    isLooking = false;
  };
  const timer = setInterval(() => void again(), LOOK_MS);
  exchange.signal.addEventListener('abort', () => ended.resolve(), { once: true });
  try {
    // The question is answered by an item at once: from here on nothing is missed.
    tell();
    await ended.promise;
  } finally {
    watcher.close();
    clearInterval(timer);
    clearTimeout(gathering);
    await telling;
  }
}

/** A folder that is held is there even when it was removed, and the system tells nothing of one that takes its path. */
async function checkSame(space: FileSpace, path: string, held: Folder): Promise<void> {
  await using open = await space.folder(path);
  const [now, before] = [await open.folder.stat(), await held.stat()];
  // Where a drive does not number its folders, that of this path is taken for the same.
  if (now.ino !== before.ino || now.dev !== before.dev) throw new PortholeError('file.missing');
}
