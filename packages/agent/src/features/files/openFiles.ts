import { join } from 'node:path';
import type { Logger } from 'pino';
import type { OwnerPolicy } from '../../base/ownerPolicy.ts';
import { Accounts } from '../../platform/accounts.ts';
import { MountTable } from '../../platform/mountTable.ts';
import type { FileBackend } from './backend.ts';
import { FolderTurns } from './change/folderTurns.ts';
import { Scratch } from './change/scratch.ts';
import { Trash } from './change/trash.ts';
import { Converters } from './convert/converters.ts';
import { FileSpace } from './fileSpace.ts';
import { FilesFeature } from './files.ts';
import { Listings } from './see/listings.ts';
import { Thumbnails } from './thumbnails/thumbnails.ts';
import { Uploads } from './uploads/uploads.ts';

export interface FilesOptions {
  backend: FileBackend;
  policy: OwnerPolicy;
  /** The agent's own data folder. */
  folder: string;
  log: Logger;
}

/** Puts the device's files together, within what its owner allows. */
export function openFiles({ backend, policy, folder, log }: FilesOptions): FilesFeature {
  const space = new FileSpace(backend, policy.roots);
  const mounts = new MountTable();
  const accounts = new Accounts();
  const scratch = new Scratch(space, join(folder, 'scratch'));
  return new FilesFeature({
    log,
    space,
    mounts,
    accounts,
    listings: new Listings(space, accounts),
    uploads: new Uploads(space, scratch, join(folder, 'uploads')),
    trash: new Trash(backend, mounts),
    scratch,
    turns: new FolderTurns(),
    thumbnails: new Thumbnails(join(folder, 'thumbnails')),
    converters: new Converters(),
    writable: policy.allows('files.write'),
  });
}
