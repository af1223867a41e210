import { sql } from 'kysely';
import type { Database } from '../../base/db/database.ts';
import type { RunRow } from './runRows.ts';

export interface RunSearch {
  /** Whose runs; undefined for everybody's. */
  userId: string | undefined;
  /** As `wordsOf` makes them: every one must stand somewhere. */
  words: readonly string[];
  /** Runs before the one of this number. */
  before: number | undefined;
  limit: number;
}

/** Words of a query at most; further ones are passed over. */
const MAX_WORDS = 8;

/** What a person searches for, as words the way the index has them. */
export function wordsOf(search: string): string[] {
  const words = search.match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** The newest first. A word counts where it, or a longer one that begins with it, stands in the command, a name, or the output. */
export function searchRuns(db: Database, { userId, words, before, limit }: RunSearch): RunRow[] {
  let query = db.sql.selectFrom('runs').selectAll().orderBy('seq', 'desc').limit(limit);
  if (userId !== undefined) query = query.where('userId', '=', userId);
  if (before !== undefined) query = query.where('seq', '<', before);
  for (const word of words) {
    const part = `%${word}%`;
    const named = db.sql.selectFrom('runDevices').select('runId').where('name', 'like', part);
    const wrote = db.sql
      .selectFrom('runOutput')
      .select('runId')
      .where('id', 'in', sql<number>`(SELECT rowid FROM runWords WHERE runWords MATCH ${`"${word}"*`})`);
    query = query.where((is) => is.or([is('words', 'like', part), is('id', 'in', named), is('id', 'in', wrote)]));
  }
  return db.all(query);
}
