import type { Outcome } from '@porthole/protocol';
import { type Answer, groupByAnswer, takenPaths } from './conflicts.ts';
import { parentPath } from './filePaths.ts';
import type { Following, Progress } from './filesApi.ts';
import { oneByOne, pathBatches } from './oneByOne.ts';
import type { TransferJobs } from './transferJobs.ts';
import type { Pane } from './usePane.ts';

/** Entries of some device that are to go into some folder. */
export interface Incoming {
  deviceId: string;
  paths: readonly string[];
  kind: 'copy' | 'move';
}

interface Receiving {
  pane: Pane;
  folder: string;
  jobs: TransferJobs;
  /** What to do with each of the paths whose name the folder has already. */
  ask(paths: readonly string[], folder: string): Promise<Map<string, Answer>>;
  /** How far it is, and its end before its time. */
  following: Following<Progress>;
}

/**
 * Copies or moves into a folder of the pane's device, after asking about taken names. Resolves to what became of it, or to
 * undefined when the hub carries it from another device. Rejects with the `PortholeError` of the refusal.
 */
export async function receiveEntries(
  { deviceId, paths, kind }: Incoming,
  { pane, folder, jobs, ask, following }: Receiving,
): Promise<Outcome | undefined> {
  const { api, device, separator } = pane;
  const isHere = deviceId === device.id;
  // A copy beside itself keeps both, and what is moved to where it is stays: there is nothing to ask.
  const comes = isHere ? paths.filter((path) => parentPath(path, separator) !== folder) : paths;
  const groups = groupByAnswer(paths, await ask(await takenPaths(api, comes, folder, separator), folder));
  if (!isHere) {
    for (const [conflict, group] of groups) {
      for (const some of pathBatches(group))
        await jobs.create({ device: deviceId, paths: some }, { device: device.id, folder }, conflict);
    }
    return groups.size > 0 ? undefined : NOTHING;
  }
  return await oneByOne(
    groups,
    ([conflict, some], each) => api.transfer(kind, { paths: some, folder, conflict }, each),
    following,
  );
}

const NOTHING: Outcome = { done: 0, failed: [] };
