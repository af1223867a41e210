/** A stretch of a text: `at` is where it begins, `href` where it leads when it is a link. */
export interface TextPart {
  at: number;
  text: string;
  href?: string;
}

const LINK = /https?:\/\/[^\s<>"'`]+/giu;
/** What ends a sentence rather than an address. */
const ENDING = /[.,;:!?)\]}]+$/u;

/** A plain text with its web addresses told apart; nothing but http and https becomes a link. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const found = match[0].replace(ENDING, '');
    const href = webAddress(found);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ at: end, text: text.slice(end, match.index) });
    parts.push({ at: match.index, text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end) });
  return parts;
}

function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}
