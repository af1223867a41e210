import { type ErrorCode, isErrorCode, MAX_ARCHIVE_PATHS, type Outcome, PortholeError } from '@porthole/protocol';
import { useState } from 'react';
import { sentenceOf } from '../../base/api.ts';
import { visibleText } from '../../base/format.ts';
import { useConnection } from '../../base/portalContext.ts';
import { texts } from '../../base/texts.ts';
import { downloadFile } from './downloadFile.ts';
import { fileClipboard } from './fileClipboard.ts';
import { isRegular } from './fileKinds.ts';
import { baseName, childPath } from './filePaths.ts';
import type { Following, Progress } from './filesApi.ts';
import { pathBatches } from './oneByOne.ts';
import { foldersToMake } from './pickedFiles.ts';
import { type Incoming, receiveEntries } from './receiveEntries.ts';
import { saveUrl } from './saveUrl.ts';
import { only } from './selection.ts';
import { transferJobsOf } from './transferJobs.ts';
import { type Asking, useConflicts } from './useConflicts.ts';
import type { Pane } from './usePane.ts';
import { Working } from './working.ts';

/** What is said below the toolbar about the last thing done. */
export interface Notice {
  tone: 'done' | 'failed' | 'working';
  text: string;
  /** Ends what is being worked on, where that can be. */
  stop?: (() => void) | undefined;
}

/** What a person can do in a pane. None of these rejects: what went wrong stands in the notice. */
export interface FileActions {
  notice: Notice | undefined;
  /** The taken name that waits for an answer. */
  asking: Asking | undefined;
  dismiss(): void;
  say(notice: Notice): void;
  download(): void;
  /** Resolves to whether it worked. */
  makeFolder(name: string): Promise<boolean>;
  /** Makes folders below `folder`, named with `/`, as far as they are not there yet. */
  makeFolders(paths: readonly string[], folder: string): Promise<boolean>;
  rename(from: string, to: string): Promise<boolean>;
  /** To the trash; resolves to the paths for which there is none. */
  trash(paths: readonly string[]): Promise<readonly string[]>;
  removeForever(paths: readonly string[]): Promise<void>;
  take(kind: 'copy' | 'move'): void;
  paste(): void;
  /** Copies or moves into a folder of this pane, from this device or another. */
  receive(incoming: Incoming, folder: string): Promise<void>;
}

const NO_TRASH: ErrorCode = 'feature.unsupported';

/** Something that is done, and what there is to say of it. */
type Act = (following: Following<Progress>) => Promise<Notice | undefined>;

export function useFileActions(pane: Pane): FileActions {
  const connection = useConnection();
  const [notice, setNotice] = useState<Notice>();
  const { asking, ask } = useConflicts(pane.separator);
  const { api } = pane;
  const run = async (act: Act, canStop = false): Promise<boolean> => {
    const working = new Working(setNotice, { canStop });
    try {
      const said = await act(working.following).finally(() => working.close());
      setNotice(working.wasStopped ? { tone: 'done', text: texts.files.notice.stopped } : said);
      return true;
    } catch (error) {
      setNotice({ tone: 'failed', text: sentenceOf(error) });
      return false;
    } finally {
      pane.refresh();
    }
  };
  const receive = async (incoming: Incoming, folder: string): Promise<void> => {
    await run(async (following) => {
      const jobs = transferJobsOf(connection);
      const outcome = await receiveEntries(incoming, { pane, folder, jobs, ask, following });
      const { handedOver, stays } = texts.files.notice;
      if (outcome) return noticeOf(outcome, undefined);
      return { tone: 'done', text: incoming.kind === 'move' ? stays : handedOver };
    }, incoming.deviceId === pane.device.id);
  };
  return {
    notice,
    asking,
    dismiss: () => setNotice(undefined),
    say: setNotice,
    download: () => void run((following) => download(pane, following)),
    makeFolder: (name) =>
      run(async () => {
        const made = await api.makeFolder(pane.path, name);
        pane.select(only(made.name));
        return undefined;
      }),
    makeFolders: (paths, folder) => run(() => makeFolders(pane, paths, folder)),
    rename: (from, to) =>
      run(async () => {
        const { name } = await api.rename(pane.pathOf(from), to);
        pane.select(only(name));
        return undefined;
      }),
    trash: async (paths) => {
      let without: readonly string[] = [];
      await run(async (following) => {
        const outcome = await removeUnlessNoTrash(pane, paths, following);
        without = outcome.failed.filter(({ error }) => error === NO_TRASH).map(({ path }) => path);
        const others = outcome.failed.filter(({ error }) => error !== NO_TRASH);
        if (outcome.done === 0 && others.length === 0) return undefined;
        return noticeOf({ ...outcome, failed: others }, texts.files.notice.trashed(describePaths(pane, paths)));
      }, true);
      return without;
    },
    removeForever: async (paths) => {
      await run(async (following) => {
        const outcome = await api.remove(paths, true, following);
        return noticeOf(outcome, texts.files.notice.removed(describePaths(pane, paths)));
      }, true);
    },
    take: (kind) => take(pane, kind, setNotice),
    paste: () => {
      const taken = fileClipboard.get();
      if (!taken) return;
      // Between devices nothing is moved, so what was cut can still be moved where it is.
      if (taken.kind === 'move' && taken.deviceId === pane.device.id) fileClipboard.set(undefined);
      void receive(taken, pane.path);
    },
    receive,
  };
}

async function makeFolders({ api, separator }: Pane, paths: readonly string[], folder: string): Promise<undefined> {
  for (const path of foldersToMake(paths)) {
    const parts = path.split('/');
    const parent = parts.slice(0, -1).reduce((above, part) => childPath(above, part, separator), folder);
    try {
      await api.makeFolder(parent, parts.at(-1) ?? path);
    } catch (error) {
      if (!(error instanceof PortholeError) || error.code !== 'file.exists') throw error;
    }
  }
}

/** One entry is refused as a whole, many are told one by one; both end up the same here. */
async function removeUnlessNoTrash(
  pane: Pane,
  paths: readonly string[],
  following: Following<Progress>,
): Promise<Outcome> {
  try {
    return await pane.api.remove(paths, false, following);
  } catch (error) {
    if (!(error instanceof PortholeError) || error.code !== NO_TRASH) throw error;
    return { done: 0, failed: paths.map((path) => ({ path, error: NO_TRASH })) };
  }
}

function take(pane: Pane, kind: 'copy' | 'move', say: (notice: Notice) => void): void {
  if (pane.chosen.length === 0) return;
  const paths = pane.chosen.map(({ name }) => pane.pathOf(name));
  fileClipboard.set({ deviceId: pane.device.id, paths, kind });
  const { copied, cut } = texts.files.notice;
  say({ tone: 'done', text: (kind === 'copy' ? copied : cut)(paths.length) });
}

async function download(pane: Pane, { signal }: Following<Progress>): Promise<Notice | undefined> {
  const [only, ...others] = pane.chosen;
  if (!only) return undefined;
  const path = pane.pathOf(only.name);
  if (others.length === 0 && isRegular(only)) {
    await downloadFile(pane.api, path, signal);
    return undefined;
  }
  const paths = pane.chosen.map(({ name }) => pane.pathOf(name));
  if (pathBatches(paths, MAX_ARCHIVE_PATHS).length > 1) return { tone: 'failed', text: texts.files.notice.tooMany };
  // The browser says nothing of a download that is refused.
  await pane.api.properties(path, signal);
  saveUrl(await pane.api.archiveUrl(paths, signal));
  return undefined;
}

function noticeOf({ failed }: Outcome, said: string | undefined): Notice | undefined {
  const first = failed[0];
  if (first) {
    const why = texts.errors[isErrorCode(first.error) ? first.error : 'internal'];
    return { tone: 'failed', text: texts.files.notice.partly(failed.length, why) };
  }
  return said === undefined ? undefined : { tone: 'done', text: said };
}

/** The names of some entries, short enough for a sentence. */
export function describeNames(names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1 && only !== undefined) return `“${visibleText(only, 80)}”`;
  return texts.files.dialogs.many(names.length);
}

function describePaths(pane: Pane, paths: readonly string[]): string {
  return describeNames(paths.map((path) => baseName(path, pane.separator)));
}
