import { sentenceOf } from '../../base/api.ts';

/** What came of something done to many devices. `why` is a sentence. */
export interface Outcome {
  total: number;
  failures: readonly { id: string; why: string }[];
}

/** So many at once: the hub has others to serve. */
const AT_ONCE = 6;

/** Does something to each device, a few at a time. Never rejects: who failed is in the outcome, in the order of the ids. */
export async function onEach(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<Outcome> {
  const failed = new Map<string, string>();
  const waiting = ids[Symbol.iterator]();
  const work = async () => {
    for (const id of waiting) {
      try {
        await act(id);
      } catch (error) {
        failed.set(id, sentenceOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    total: ids.length,
    failures: ids.flatMap((id) => {
      const why = failed.get(id);
      return why === undefined ? [] : [{ id, why }];
    }),
  };
}
