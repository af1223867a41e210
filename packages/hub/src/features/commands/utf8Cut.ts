/** How many of these bytes may be shown now: all, but for a character at the end of which more bytes must follow. */
export function utf8Cut(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.byteLength - 3);
  for (let at = bytes.byteLength - 1; at >= from; at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return bytes.byteLength;
    if (byte < 0xc0) continue;
    return at + lengthAt(byte) > bytes.byteLength ? at : bytes.byteLength;
  }
  return bytes.byteLength;
}

/** Of a character that begins with this byte. */
function lengthAt(byte: number): number {
  if (byte >= 0xf0) return byte < 0xf5 ? 4 : 1;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc2 ? 2 : 1;
}
