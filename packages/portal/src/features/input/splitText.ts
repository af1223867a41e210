import { MAX_INPUT_TEXT, utf8 } from '@porthole/protocol';

/** Cuts a text into parts that fit one message, never through a character. Lone surrogates become U+FFFD. */
export function splitText(text: string, limit = MAX_INPUT_TEXT): string[] {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of text.toWellFormed()) {
    const bytes = utf8(character).byteLength;
    if (size + bytes > limit) {
      parts.push(part);
      part = '';
      size = 0;
    }
    part += character;
    size += bytes;
  }
  if (part !== '') parts.push(part);
  return parts;
}
