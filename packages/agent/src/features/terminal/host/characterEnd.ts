/**
 * The last place up to `end` at which no character of UTF-8 is cut. xterm.js loses a character whose bytes come in two parts when
 * the last byte of the first is 0x80, as it is in many quotation marks and dashes.
 */
export function characterEnd(bytes: Uint8Array, end: number = bytes.byteLength): number {
  for (let back = 1; back <= Math.min(3, end); back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return lengthAfter(byte) > back ? end - back : end;
  }
  return end;
}

function lengthAfter(lead: number): number {
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf8 ? 4 : 1;
}
