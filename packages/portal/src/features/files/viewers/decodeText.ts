/** Bytes as text, and whether encoding it again gives the same bytes. */
export function decodeText(bytes: Uint8Array): { text: string; exact: boolean } {
  try {
    // The mark at the beginning stays, so that saving keeps it.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), exact: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), exact: false };
  }
}

/** How the lines of a text end; what has both keeps the rarer one inside its lines. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
