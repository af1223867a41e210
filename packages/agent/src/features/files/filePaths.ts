import { PortholeError } from '@porthole/protocol';

/** The parts of an absolute path below '/'. Throws on a relative one, and on `..`: nobody needs it, and attacks do. */
export function splitPath(path: string): string[] {
  if (!path.startsWith('/') || path.includes('\0')) throw new PortholeError('request.invalid');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new PortholeError('file.outside');
  return parts;
}

/** '/' before every part. */
export function joinParts(parts: readonly string[]): string {
  return `/${parts.join('/')}`;
}

/** The path of an entry of a folder. */
export function childPath(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** Where a link leads, given the folder that it stands in, whose parts are no links themselves. */
export function followLink(folder: readonly string[], text: string): string[] {
  const parts = text.startsWith('/') ? [] : [...folder];
  for (const part of text.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** True when `parts` is `folder` or lies below it. */
export function isWithin(folder: readonly string[], parts: readonly string[]): boolean {
  return folder.length <= parts.length && folder.every((part, at) => part === parts[at]);
}

/** The path of the folder that an entry is in. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
