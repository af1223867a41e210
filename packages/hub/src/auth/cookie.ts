/** `__Host-` makes browsers refuse the cookie unless it is Secure, for the whole host and for that host alone. */
export const COOKIE = '__Host-porthole';

/** The value of the session cookie in a `Cookie` header. */
export function readCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === COOKIE) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** A `Set-Cookie` value; `maxAge` in seconds, 0 to take the cookie away. */
export function writeCookie(value: string, maxAge: number): string {
  return `${COOKIE}=${value}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=Strict`;
}
