import { createHash } from 'node:crypto';
import { type FileHandle, unlink } from 'node:fs/promises';
import { FILE_CHUNK, type FileAsk, PortholeError, type UploadState } from '@porthole/protocol';
import { createFile, openToWrite } from '../change/newFile.ts';
import type { Exchange } from '../exchange.ts';
import { checkNewName } from '../fileNames.ts';
import { finishUpload } from './finishUpload.ts';
import { type Hashed, lengthOf, receivePieces } from './received.ts';
import { settle } from './settle.ts';
import type { Target } from './sharedFolder.ts';
import type { TargetFolders } from './targetFolders.ts';

/** The bytes of a file as they come. */
export type Content = Pick<Exchange, 'signal' | 'batches'>;

/**
 * Takes a whole file whose bytes come right behind the question. Nobody can go on with it: it is written down nowhere, and
 * what does not arrive whole is gone when this returns, or with the agent's next start.
 */
export async function takeWhole(targets: TargetFolders, ask: FileAsk<'take'>, content: Content): Promise<UploadState> {
  const names = ask.name.split('/');
  const name = names.pop() ?? '';
  checkNewName(name);
  const { signal } = content;
  await using target = await targets.open(ask.folder, names);
  const settled = isDecidedLast(ask) ? undefined : await settle(ask, { target, name, signal });
  if (settled) return settled;
  const part = target.newName();
  const handle = await createFile(target.folder, part);
  return await finishOrUnlink({ target, part, handle }, async () => {
    const hashed = await receiveAll(handle, ask, content);
    return await finishUpload({ ...ask, name, part }, { target, handle, signal, hashed, sync: target.sync });
  });
}

/** A whole file under the name `part`, which is to be called `name`. */
interface Waiting {
  target: Target;
  part: string;
  name: string;
  signal: AbortSignal;
}

/** Gives a file that came whole its name by the rule. Nothing is left of one that may not have it. */
export async function nameWaiting(ask: FileAsk<'take'>, { target, part, name, signal }: Waiting): Promise<UploadState> {
  const handle = await openToWrite(target.folder, part);
  if (!handle) throw new PortholeError('file.missing');
  return await finishOrUnlink({ target, part, handle }, () =>
    finishUpload({ ...ask, name, part }, { target, handle, signal, sync: target.sync }),
  );
}

/** Closes the part, and removes it unless the work has given it its name. */
async function finishOrUnlink(
  { target, part, handle }: { target: Target; part: string; handle: FileHandle },
  work: () => Promise<UploadState>,
): Promise<UploadState> {
  let state: UploadState | undefined;
  try {
    state = await work();
    return state;
  } finally {
    // Whatever went wrong is told already; a folder that is gone took the part with it.
    if (state?.state !== 'done') await unlink(target.folder.at(part)).catch(() => undefined);
    await handle.close();
  }
}

/** A small file may come before it is refused: these rules are all looked at when it takes its name. */
function isDecidedLast({ size, conflict }: FileAsk<'take'>): boolean {
  return size <= FILE_CHUNK && ['fail', 'replace', 'rename'].includes(conflict);
}

/** Writes what comes; what will be compared is hashed on the way. Throws `message.invalid` unless it is as long as promised. */
async function receiveAll(
  handle: FileHandle,
  { size, sha256 }: FileAsk<'take'>,
  content: Content,
): Promise<Hashed | undefined> {
  const hashed = sha256 === undefined ? undefined : { hash: createHash('sha256'), bytes: 0 };
  let at = 0;
  for await (const pieces of content.batches()) {
    if (at + lengthOf(pieces) > size) throw new PortholeError('message.invalid');
    at = await receivePieces(handle, pieces, at, hashed);
  }
  if (at < size) throw new PortholeError('message.invalid');
  return hashed;
}
