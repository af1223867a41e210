import { type Preferences as PreferencesFile, preferences } from '@porthole/protocol';
import { texts } from '../texts.ts';

/** What a file holds, or in one sentence why it cannot be taken. */
export type ReadFile = { preferences: PreferencesFile } | { problem: string };

/** The hub takes no more. */
export const MOST_CHARACTERS = 2 * 1024 * 1024;

/** Reads an exported file, strictly: a part that does not fit refuses the whole. */
export function readPreferencesFile(text: string): ReadFile {
  const words = texts.arrange;
  if (text.length > MOST_CHARACTERS) return { problem: words.tooLarge };
  const value = parse(text);
  if (value === undefined) return { problem: words.notJson };
  const parsed = preferences.safeParse(value);
  if (parsed.success) return { preferences: parsed.data };
  const [issue] = parsed.error.issues;
  const where =
    issue?.code === 'unrecognized_keys'
      ? words.unknownPart(issue.keys.slice(0, 5).map(shorten).join(', '))
      : words.badPart(shorten((issue?.path ?? []).map(String).join('.') || 'JSON'));
  return { problem: words.badFile(where) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
