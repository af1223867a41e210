import { useState } from 'react';
import { type Answer, askEach } from './conflicts.ts';
import { baseName, type Separator } from './filePaths.ts';

/** The name that a person is asked about now. */
export interface Asking {
  /** Which question it is, so that each begins anew. */
  path: string;
  name: string;
  folder: string;
  answer(answer: Answer, forAll: boolean): void;
}

/** Questions about taken names, one at a time. */
export function useConflicts(separator: Separator) {
  const [asking, setAsking] = useState<Asking>();
  const ask = async (paths: readonly string[], folder: string): Promise<Map<string, Answer>> => {
    const question = (path: string) =>
      new Promise<{ answer: Answer; forAll: boolean }>((resolve) =>
        setAsking({
          path,
          name: baseName(path, separator),
          folder,
          answer: (answer, forAll) => resolve({ answer, forAll }),
        }),
      );
    return await askEach(paths, question).finally(() => setAsking(undefined));
  };
  return { asking, ask };
}
