import { PortholeError } from '@porthole/protocol';
import { baseName, childPath, type Separator } from './filePaths.ts';
import type { Conflict, FilesApi } from './filesApi.ts';

/** What a person wants where a name is taken. */
export type Answer = Exclude<Conflict, 'fail'>;

/** Names that are looked up at once. */
const AT_ONCE = 6;

/** Those of `paths` whose names the folder has already. Rejects with a `PortholeError` when that cannot be found out. */
export async function takenPaths(
  api: Pick<FilesApi, 'properties'>,
  paths: readonly string[],
  folder: string,
  separator: Separator,
): Promise<string[]> {
  const isTaken = new Map<string, boolean>();
  const waiting = [...paths];
  const lookUp = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const target = childPath(folder, baseName(path, separator), separator);
      isTaken.set(path, await exists(api, target));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lookUp));
  return paths.filter((path) => isTaken.get(path));
}

async function exists(api: Pick<FilesApi, 'properties'>, path: string): Promise<boolean> {
  try {
    await api.properties(path);
    return true;
  } catch (error) {
    if (error instanceof PortholeError && error.code === 'file.missing') return false;
    throw error;
  }
}

/** One request for each answer, without what is skipped. Free names go together with those that keep both: nothing is lost. */
export function groupByAnswer(
  paths: readonly string[],
  answers: ReadonlyMap<string, Answer>,
): Map<Answer, readonly string[]> {
  const groups = Map.groupBy(paths, (path) => answers.get(path) ?? 'rename');
  groups.delete('skip');
  return groups;
}

/** Asks about one after another, until an answer is for all that are left. */
export async function askEach(
  paths: readonly string[],
  ask: (path: string) => Promise<{ answer: Answer; forAll: boolean }>,
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  let forAll: Answer | undefined;
  for (const path of paths) {
    const said = forAll === undefined ? await ask(path) : { answer: forAll, forAll: true };
    if (said.forAll) forAll = said.answer;
    answers.set(path, said.answer);
  }
  return answers;
}
