const MAX_BYTES = 255;

/** Another name for the same thing: 'name (2).ext', 'name (3).ext' and so on; shortened where it would be too long. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const ending = ` (${number})${extension}`;
  let short = [...stem];
  while (short.length > 1 && Buffer.byteLength(short.join('') + ending) > MAX_BYTES) short = short.slice(0, -1);
  return short.join('') + ending;
}
