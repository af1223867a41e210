/** UTF-16 is known by the mark at the beginning; everything else counts as UTF-8. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** So many bytes at the beginning tell what a file is. */
export const TEXT_HEAD = 4_096;
/** What terminals and typewriters left in texts: backspace, tab, line feed, form feed, carriage return, escape. */
const IN_TEXT: ReadonlySet<number> = new Set([8, 9, 10, 12, 13, 27]);

export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Whether a file that begins like this is for reading. Its last character may be cut off. */
export function seemsText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder(encodingOf(head), { fatal: true }).decode(head, { stream: true });
    return !Array.from(text, (char) => char.charCodeAt(0)).some((code) => code < 32 && !IN_TEXT.has(code));
  } catch {
    return false;
  }
}

/** Bytes as text, and whether encoding it again gives the same bytes. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): { text: string; exact: boolean } {
  try {
    // The mark at the beginning stays, so that saving keeps it.
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), exact: true };
  } catch {
    return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes), exact: false };
  }
}

export function encodeText(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 * at, text.charCodeAt(at), encoding === 'utf-16le');
  return new Uint8Array(view.buffer);
}

/** How the lines of a text end; what has both keeps the rarer one inside its lines. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
