import type { FileHead } from '@porthole/protocol';
import { httpDate, quoted } from './conditions.ts';
import { baseName, contentDisposition } from './contentDisposition.ts';
import { contentTypeOf } from './contentType.ts';

/** Whatever a device's file holds, it gets an origin of its own, runs nothing and loads nothing. */
export const SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'self'";
/** Browsers show no PDF in a sandbox; their viewer takes the place of a page, and gets nothing but the file. */
const DOCUMENT = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

export interface Wish {
  path: string;
  /** Saved, not shown. */
  download?: string | undefined;
  /** Documents are shown too. */
  inline?: string | undefined;
}

/** What a browser is told of the content of a file besides how long it is. */
export function contentHeaders({ path, download, inline }: Wish, head: FileHead): Record<string, string> {
  const { type, shown } = contentTypeOf(path);
  const inPlace = download === undefined && (shown === 'inline' || (shown === 'asked' && inline !== undefined));
  const modified = httpDate(head.modified);
  return {
    'content-type': type,
    'content-disposition': contentDisposition(inPlace ? 'inline' : 'attachment', baseName(path)),
    'content-security-policy': inPlace && shown === 'asked' ? DOCUMENT : SANDBOX,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    etag: quoted(head.etag),
    ...(modified !== undefined && { 'last-modified': modified }),
  };
}
