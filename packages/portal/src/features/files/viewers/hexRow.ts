export const BYTES_PER_ROW = 16;

/** One line of a hex view: where, the bytes, and what of them is printable ASCII. */
export function hexRow(row: number, bytes: Uint8Array | undefined): string {
  const offset = (row * BYTES_PER_ROW).toString(16).padStart(10, '0');
  if (!bytes) return offset;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const left = hex.slice(0, 8).join(' ').padEnd(23);
  const right = hex.slice(8).join(' ').padEnd(23);
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
  return `${offset}  ${left}  ${right}  ${text}`;
}
