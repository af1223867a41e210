import { fold } from './fold.ts';
import { FIGURES, STATES, TEXT_KEYS } from './parseQuery.ts';

/** What there is to search for. */
export interface KnownWords {
  groups: readonly string[];
  tags: readonly string[];
  systems: readonly string[];
}

/** `query` is the whole search once the hint is taken; `isWhole`: nothing needs to be written after it. */
export interface SearchHint {
  label: string;
  query: string;
  isWhole: boolean;
}

const MOST = 8;
const LAST = /(?<before>^|.*\s)(?<negated>-?)(?<written>[^\s"]*(?:"[^"]*)?)$/s;
const STARTS = [
  ...STATES.map((state) => (state === 'favourite' ? 'is:favourite' : state)),
  ...TEXT_KEYS.map((key) => `${key}:`),
  'number:',
  ...FIGURES.filter((figure) => figure !== 'number' && figure !== 'alerts').map((figure) => `${figure}>`),
];

/** How the search might go on: keys that begin like the term being written, then the groups, tags or systems there are. */
export function searchHints(query: string, known: KnownWords): SearchHint[] {
  const { before = '', negated = '', written = '' } = LAST.exec(query)?.groups ?? {};
  const asked = fold(written.replaceAll('"', ''));
  const candidates = [...STARTS, ...valuesFor(asked, known)];
  return candidates
    .filter((label) => fits(fold(label), asked))
    .slice(0, MOST)
    .map((label) => {
      const isWhole = !/[:>]$/.test(label);
      return { label: negated + label, query: `${before}${negated}${quoted(label)}${isWhole ? ' ' : ''}`, isWhole };
    });
}

function fits(label: string, asked: string): boolean {
  const [key = '', value] = splitKey(asked);
  if (value === undefined) return label.startsWith(asked) && label !== asked;
  return label !== asked && label.startsWith(`${key}:`) && label.slice(key.length + 1).includes(value);
}

/** Values are offered once their key is there: a house of many tags would bury the keys. */
function valuesFor(asked: string, { groups, tags, systems }: KnownWords): string[] {
  const [key, value] = splitKey(asked);
  if (value === undefined) return [];
  const values = { group: groups, tag: tags, system: systems }[key ?? ''] ?? [];
  return values.map((one) => `${key}:${one}`);
}

function splitKey(asked: string): string[] {
  const at = asked.indexOf(':');
  return at < 0 ? [asked] : [asked.slice(0, at), asked.slice(at + 1)];
}

function quoted(label: string): string {
  const at = label.indexOf(':');
  const value = label.slice(at + 1);
  return at > 0 && /\s/.test(value) ? `${label.slice(0, at + 1)}"${value.replaceAll('"', '')}"` : label;
}
