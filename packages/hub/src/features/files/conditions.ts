import type { IncomingHttpHeaders } from 'node:http';

/** What tells one version of a file from another. `modified` in ms since 1970. */
export interface Version {
  etag: string;
  modified: number;
}

export type Verdict = 'send' | 'not-modified' | 'changed';

/** What the conditions of a GET or HEAD come to (RFC 9110, 13.2.2); `If-Range` is apart, since it is about a range alone. */
export function judge(headers: IncomingHttpHeaders, version: Version): Verdict {
  const { 'if-match': match, 'if-none-match': noneMatch, 'if-modified-since': since } = headers;
  if (match !== undefined && !names(match, version.etag)) return 'changed';
  if (noneMatch !== undefined) return names(noneMatch, version.etag) ? 'not-modified' : 'send';
  if (since === undefined) return 'send';
  return wholeSeconds(version.modified) <= Date.parse(since) ? 'not-modified' : 'send';
}

/**
 * Whether a `Range` still means the file that the asking side has a part of. A weak etag never does, and neither does a date: a
 * file may be written twice within its second (RFC 9110, 8.8.2.2).
 */
export function mayContinue(ifRange: string | undefined, { etag }: Pick<Version, 'etag'>): boolean {
  return ifRange === undefined || ifRange === quoted(etag);
}

/** The one etag that `If-Match` of a change names; undefined when it is missing. */
export function matchOf(headers: IncomingHttpHeaders): string | undefined {
  return /^"([^"]{1,128})"$/.exec(headers['if-match'] ?? '')?.[1];
}

/** As it stands in a header. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** As it stands in `Last-Modified`; undefined for a time that no calendar has. */
export function httpDate(ms: number): string | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toUTCString();
}

function names(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  return list.split(',').some((entry) => entry.trim().replace(/^W\//, '') === quoted(etag));
}

/** HTTP's dates have no fractions. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
