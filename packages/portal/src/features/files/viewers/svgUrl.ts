import { PortholeError } from '@porthole/protocol';
import type { FilesApi } from '../filesApi.ts';

/** Larger ones are no pictures to look at, in bytes. */
const MAX_SVG = 4 * 1024 * 1024;

/**
 * A vector picture as a `data:` address for an `<img>`, where nothing in it runs. Such an address belongs to no origin and
 * cannot be opened as a page, so nothing in it runs on the portal's either. Rejects with a `PortholeError`.
 */
export async function svgUrl(api: FilesApi, path: string, signal: AbortSignal): Promise<string> {
  const { bytes, size } = await api.readAll(path, MAX_SVG, signal);
  if (size > MAX_SVG) throw new PortholeError('file.unsupported');
  let binary = '';
  for (let at = 0; at < bytes.byteLength; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return `data:image/svg+xml;base64,${btoa(binary)}`;
}
