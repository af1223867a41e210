import type { FileHandle } from 'node:fs/promises';
import { lstat, unlink } from 'node:fs/promises';
import { type FileProperties, PortholeError } from '@porthole/protocol';
import type { Accounts } from '../../../platform/accounts.ts';
import type { Folder } from '../backend.ts';
import { errnoOf } from '../errno.ts';
import type { Exchange } from '../exchange.ts';
import { checkNewName } from '../fileNames.ts';
import type { FileSpace, Spot } from '../fileSpace.ts';
import { etagOf, propertiesOf } from '../see/describe.ts';
import type { FolderTurns } from './folderTurns.ts';
import { adoptMode, createFile, syncFolder, writeAll } from './newFile.ts';
import { place } from './place.ts';
import type { Scratch } from './scratch.ts';

export interface SaveAsk {
  path: string;
  etag?: string | undefined;
  size: number;
}

interface Saving {
  space: FileSpace;
  accounts: Accounts;
  scratch: Scratch;
  turns: FolderTurns;
}

/** Replaces a file whole with what the asking side sends, if it still is what that side has seen. Answers its properties. */
export async function save(saving: Saving, ask: SaveAsk, exchange: Exchange): Promise<FileProperties> {
  await using spot = await saving.space.spot(ask.path, { follow: true });
  const { folder, name } = spot;
  checkNewName(name);
  await checkState(folder, name, ask.etag);
  const saved = await saving.scratch.use(folder, (part) => saveAs(saving, spot, part, { ask, exchange }));
  await syncFolder(folder);
  return saved;
}

async function saveAs(
  { space, accounts, turns }: Saving,
  spot: Spot,
  part: string,
  { ask: { etag, size }, exchange }: { ask: SaveAsk; exchange: Exchange },
): Promise<FileProperties> {
  const { folder, name } = spot;
  const handle = await createFile(folder, part);
  try {
    await receive(handle, exchange, size);
    await adoptMode(handle, folder, name);
    await handle.sync();
    // Of those who have seen the same, one is first; and whoever saves is told of its own content, not of the next one's.
    return await turns.take(folder, async () => {
      await checkState(folder, name, etag);
      await place({ from: folder, source: part, to: folder, name }, etag === undefined ? 'fail' : 'replace');
      return await propertiesOf(space, spot, accounts);
    });
  } catch (error) {
    await unlink(folder.at(part)).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

async function receive(handle: FileHandle, exchange: Exchange, size: number): Promise<void> {
  let at = 0;
  for await (const piece of exchange.content()) {
    if (at + piece.byteLength > size) throw new PortholeError('message.invalid');
    await writeAll(handle, [piece], at);
    at += piece.byteLength;
  }
  if (at < size) throw new PortholeError('message.invalid');
}

async function checkState(folder: Folder, name: string, etag: string | undefined): Promise<void> {
  const stats = await lstat(folder.at(name), { bigint: true }).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (etag === undefined) {
    if (stats) throw new PortholeError('file.exists');
  } else if (!stats || etagOf(stats) !== etag) throw new PortholeError('file.changed');
  if (stats && !stats.isFile()) throw new PortholeError('file.not-regular');
}
