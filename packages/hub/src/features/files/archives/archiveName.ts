import { baseName } from '../contentDisposition.ts';

/** What a zip is called, without its ending: as the only path in it, or as the folder that the first of many is in. */
export function archiveName(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  return baseName(others.length === 0 ? first : first.slice(0, first.lastIndexOf(baseName(first))));
}
