/** Which bytes an answer holds: all, some (`end` excluded), or none, because there are no such. */
export type ContentRange = { kind: 'whole' } | { kind: 'part'; start: number; end: number } | { kind: 'none' };

const WHOLE: ContentRange = { kind: 'whole' };

/**
 * Reads a `Range` header (RFC 9110, 14.2) for a file of `size` bytes. Several ranges at once, other units and nonsense are
 * answered with the whole, as the standard allows: nobody makes the hub put many parts together.
 */
export function parseRange(header: string | undefined, size: number): ContentRange {
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return WHOLE;
  if (first === '') return suffix(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return WHOLE;
  return start < size ? { kind: 'part', start, end } : { kind: 'none' };
}

function suffix(length: number, size: number): ContentRange {
  if (length === 0 || size === 0) return { kind: 'none' };
  return { kind: 'part', start: Math.max(0, size - length), end: size };
}
