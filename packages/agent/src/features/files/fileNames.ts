import { PortholeError } from '@porthole/protocol';

/**
 * Names of Linux are bytes, and not all of them are UTF-8. A byte that belongs to no character is shown as U+EF00 + byte
 * (U+EF80 to U+EFFF, which no alphabet uses), and so is every byte of a name's own characters of that range: what is
 * shown always leads back to the very same bytes.
 */
const ESCAPE = 0xef00;
const ESCAPED = /[\uEF80-\uEFFF]/;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How the bytes of a name are shown. */
export function nameOfBytes(bytes: Uint8Array): string {
  const whole = decode(bytes);
  if (whole !== undefined && !ESCAPED.test(whole)) return whole;
  let name = '';
  for (let at = 0; at < bytes.byteLength; ) {
    const length = Math.max(1, lengthOf(bytes[at] ?? 0));
    const character = decode(bytes.subarray(at, at + length));
    if (character !== undefined && !ESCAPED.test(character)) {
      name += character;
      at += length;
    } else name += String.fromCharCode(ESCAPE + (bytes[at++] ?? 0));
  }
  return name;
}

/** What the system is told for a name or path as shown: text, or bytes where text cannot say it. */
export function systemName(name: string): string | Buffer {
  if (!ESCAPED.test(name)) return name;
  const parts = name.split(/([\uEF80-\uEFFF])/);
  return Buffer.concat(
    parts.map((part) => (ESCAPED.test(part) ? Buffer.of(part.charCodeAt(0) - ESCAPE) : Buffer.from(part))),
  );
}

const MAX_NAME_BYTES = 255;

/** Checks a name that is about to be made. Throws `PortholeError`. */
export function checkNewName(name: string): void {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name) || !name.isWellFormed()) {
    throw new PortholeError('file.name-invalid');
  }
  if (Buffer.byteLength(systemName(name)) > MAX_NAME_BYTES) throw new PortholeError('file.name-too-long');
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes of a character that begins with `first`. */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
