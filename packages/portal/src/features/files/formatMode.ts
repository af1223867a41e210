import type { FileEntry } from '@porthole/protocol';

const LETTERS = ['r', 'w', 'x'];
const FIRST: Record<FileEntry['kind'], string> = { file: '-', directory: 'd', link: 'l', other: '' };

/** Permission bits as `ls` writes them: `drwxr-xr-x`. Without the first letter where it is not known. */
export function formatMode(mode: number, kind: FileEntry['kind']): string {
  const bits = Array.from({ length: 9 }, (_, index) => (mode & (0o400 >> index) ? (LETTERS[index % 3] ?? '-') : '-'));
  special(bits, 2, (mode & 0o4000) !== 0, 's');
  special(bits, 5, (mode & 0o2000) !== 0, 's');
  special(bits, 8, (mode & 0o1000) !== 0, 't');
  return FIRST[kind] + bits.join('');
}

/** The three further bits share the place of `x`: lower case when that is set as well. */
function special(bits: string[], at: number, set: boolean, letter: string): void {
  if (set) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
}
