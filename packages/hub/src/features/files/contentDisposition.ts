/** What no header and no dialogue should have to show: control characters and those that turn the writing around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The last part of a path, as the system that it is of writes it: where paths begin with a slash, names may have the other one. */
export function baseName(path: string): string {
  const parts = path.split(path.startsWith('/') ? '/' : /[/\\]/);
  return parts.findLast((part) => part !== '') ?? 'files';
}

/** A `Content-Disposition` (RFC 6266) with the name in ASCII for old readers and whole for all others (RFC 8187). */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const visible = name.replace(INVISIBLE, '_');
  const ascii = visible.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encode(visible)}`;
}

/** `encodeURIComponent` leaves some characters that the standard wants encoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
