import { watch } from 'node:fs';
import type { Exchange } from '../exchange.ts';
import type { OpenFolder } from '../fileSpace.ts';
import { etagOf } from './describe.ts';

/** Changes within this time are told of together, in ms. */
const GATHER_MS = 250;
/** How often a folder is looked at besides, in ms: drives of the network tell of no changes. */
const LOOK_MS = 3_000;

/** Tells whenever something in the folder changed, until the channel closes or the folder goes away. */
export async function watchFolder({ folder }: OpenFolder, exchange: Exchange): Promise<void> {
  const ended = Promise.withResolvers<void>();
  let state = etagOf(await folder.stat());
  let gathering: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  const tell = () => {
    gathering = undefined;
    telling = telling.then(() => exchange.item({})).catch((error: unknown) => ended.reject(error));
  };
  const changed = () => {
    gathering ??= setTimeout(tell, GATHER_MS);
  };
  const look = async () => {
    const now = etagOf(await folder.stat());
    if (now !== state) changed();
    state = now;
  };
  const watcher = watch(folder.at(''), { persistent: false }, changed);
  watcher.on('error', (error) => ended.reject(error));
  const looking = setInterval(() => void look().catch((error: unknown) => ended.reject(error)), LOOK_MS);
  exchange.signal.addEventListener('abort', () => ended.resolve(), { once: true });
  try {
    // The question is answered by an item at once: from here on nothing is missed.
    tell();
    await ended.promise;
  } finally {
    watcher.close();
    clearInterval(looking);
    clearTimeout(gathering);
    await telling;
  }
}
