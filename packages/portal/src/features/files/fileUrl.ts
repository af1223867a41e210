import type { Device } from '@porthole/protocol';
import { joinPath, type Separator, separatorOf, splitPath } from './filePaths.ts';

/** Where the files of a device are looked at. */
export interface FilesPlace {
  /** The folder; undefined for the page of drives and usual folders. */
  path: string | undefined;
  /** The name of the entry that is open in a viewer. */
  open: string | undefined;
}

/** The address of a place in the portal: one for each folder, so that back, forward and bookmarks work. */
export function filesUrl(deviceId: string, separator: Separator, { path, open }: FilesPlace): string {
  const base = `/devices/${encodeURIComponent(deviceId)}/files`;
  if (path === undefined) return base;
  const parts = splitPath(path, separator).map(encodePart);
  const query = open === undefined ? '' : `?open=${encodePart(open)}`;
  return `${base}/${parts.join('/')}${query}`;
}

/** The address of a folder among the files of a device. */
export function folderUrl(device: Pick<Device, 'id' | 'description'>, path: string): string {
  return filesUrl(device.id, separatorOf(device.description.system), { path, open: undefined });
}

/** The place that an address names. `pathname` as the browser has it, still encoded; nonsense leads to the start page. */
export function parseFilesUrl(pathname: string, search: string, separator: Separator): FilesPlace {
  const rest = /^\/devices\/[^/]+\/files\/(.*)$/s.exec(pathname)?.[1];
  if (rest === undefined) return { path: undefined, open: undefined };
  const parts = rest.split('/').filter((part) => part !== '');
  try {
    const decoded = parts.map(decodeURIComponent);
    // A Windows path without its drive is none.
    if (separator === '\\' && decoded.length === 0) return { path: undefined, open: undefined };
    return { path: joinPath(decoded, separator), open: new URLSearchParams(search).get('open') ?? undefined };
  } catch {
    return { path: undefined, open: undefined };
  }
}

/** Half of a surrogate pair cannot be in an address. */
function encodePart(part: string): string {
  return encodeURIComponent(part.toWellFormed());
}
