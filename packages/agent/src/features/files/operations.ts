import { type FILE_OPERATIONS, type FileOperation, PortholeError } from '@porthole/protocol';
import type * as z from 'zod';
import type { Accounts } from '../../platform/accounts.ts';
import type { MountTable } from '../../platform/mountTable.ts';
import type { FolderTurns } from './change/folderTurns.ts';
import { remove } from './change/remove.ts';
import { makeFolder, rename, setMode } from './change/rename.ts';
import { save } from './change/save.ts';
import type { Scratch } from './change/scratch.ts';
import { copy, move } from './change/transfer.ts';
import type { Trash } from './change/trash.ts';
import type { Converters } from './convert/converters.ts';
import type { Exchange } from './exchange.ts';
import type { FileSpace } from './fileSpace.ts';
import { hashFile } from './hashFile.ts';
import { archive } from './see/archive.ts';
import { propertiesOf } from './see/describe.ts';
import type { Listings } from './see/listings.ts';
import { findPlaces } from './see/places.ts';
import { readContent } from './see/readContent.ts';
import { search } from './see/search.ts';
import { sendTree } from './see/sendTree.ts';
import { watchFolder } from './see/watchFolder.ts';
import type { Thumbnails } from './thumbnails/thumbnails.ts';
import type { Uploads } from './uploads/uploads.ts';

/** What the answers are made with. */
export interface Services {
  space: FileSpace;
  mounts: MountTable;
  accounts: Accounts;
  listings: Listings;
  uploads: Uploads;
  trash: Trash;
  scratch: Scratch;
  turns: FolderTurns;
  thumbnails: Thumbnails;
  converters: Converters;
  writable: boolean;
}

type Ask<Schema extends z.ZodType> = z.output<Schema>;
/** Answers one question; what it resolves to is the result. */
export type Answer<Schema extends z.ZodType> = (
  ask: Ask<Schema>,
  call: Services & { exchange: Exchange },
) => Promise<unknown>;
type Answers = { [Operation in FileOperation]: Answer<(typeof FILE_OPERATIONS)[Operation]['ask']> };

/** Every operation of `FILE_OPERATIONS` and what answers it. */
export const ANSWERS: Answers = {
  places: (_, { space, mounts, writable }) => findPlaces(space, mounts, writable),
  list: async ({ path, ...page }, { space, listings }) => {
    await using open = await space.folder(path);
    return await listings.page(open, page);
  },
  stat: async ({ path }, { space, accounts }) => {
    await using spot = await space.spot(path);
    return await propertiesOf(space, spot, accounts);
  },
  read: async (ask, { space, exchange }) => {
    await using spot = await space.spot(ask.path, { follow: true });
    await readContent(space, spot, ask, exchange);
    return {};
  },
  hash: ({ path }, { space, exchange }) => hash(space, path, exchange),
  search: (ask, { space, exchange, accounts }) => search(space, ask, exchange, accounts),
  thumbnail: async (ask, { space, thumbnails, exchange }) => {
    await exchange.bytes(await thumbnails.take(space, ask, exchange.signal));
    return {};
  },
  picture: async (ask, { space, converters, exchange }) => {
    await converters.picture(space, ask, exchange);
    return {};
  },
  media: (ask, { space, converters, exchange }) => converters.media(space, ask, exchange),
  play: async (ask, { space, converters, exchange }) => {
    await converters.play(space, ask, exchange);
    return {};
  },
  tree: (ask, { space, exchange }) => sendTree(space, ask, exchange),
  archive: ({ paths }, { space, exchange }) => archive(space, paths, exchange),
  watch: async ({ path }, { space, exchange }) => {
    await watchFolder(space, path, exchange);
    return {};
  },
  begin: (ask, { uploads, exchange }) => uploads.begin(ask, exchange.signal),
  take: (ask, { uploads, exchange }) => uploads.take(ask, exchange),
  takeMany: (ask, { uploads, exchange }) => uploads.takeMany(ask, exchange),
  upload: (ask, { uploads }) => uploads.state(ask),
  write: (ask, { uploads, exchange }) => uploads.write(ask, exchange),
  cancel: async (ask, { uploads }) => {
    await uploads.cancel(ask);
    return {};
  },
  makeFolder: (ask, { space, accounts }) => makeFolder(space, ask, accounts),
  save: (ask, { exchange, ...services }) => save(services, ask, exchange),
  rename: (ask, { space, accounts }) => rename(space, ask, accounts),
  remove: (ask, { space, trash, exchange }) => remove(space, trash, ask, exchange),
  copy: (ask, { exchange, ...services }) => copy(services, ask, exchange),
  move: (ask, { exchange, ...services }) => move(services, ask, exchange),
  setMode: (ask, { space, accounts }) => setMode(space, ask, accounts),
};

const HASH_TOLD_BYTES = 32 * 1024 * 1024;

async function hash(space: FileSpace, path: string, exchange: Exchange): Promise<{ sha256: string; size: number }> {
  await using spot = await space.spot(path, { follow: true });
  const { handle, stats } = await space.openFile(spot.folder, spot.name);
  try {
    const size = Number(stats.size);
    let told = 0;
    const progress = async (bytes: number) => {
      if (bytes - told < HASH_TOLD_BYTES) return;
      told = bytes;
      await exchange.item(bytes);
    };
    const sha256 = (await hashFile(handle, { length: size, signal: exchange.signal, progress })).digest('hex');
    const after = await handle.stat({ bigint: true });
    if (after.size !== stats.size || after.mtimeNs !== stats.mtimeNs) throw new PortholeError('file.changed');
    return { sha256, size };
  } finally {
    await handle.close();
  }
}
