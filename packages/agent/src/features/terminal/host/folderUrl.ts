import { isAbsolute } from 'node:path';

/** Longest path that is believed, in characters. */
const MAX_PATH = 4_096;

/** The folder that a shell names by OSC 7 (`file://HOST/PATH`); undefined unless it is one of this machine. */
export function folderOfUrl(text: string, hostname: string): string | undefined {
  if (text.length > 3 * MAX_PATH || !URL.canParse(text)) return undefined;
  const { protocol, hostname: host, pathname } = new URL(text);
  const isHere = host === '' || host === 'localhost' || host.toLowerCase() === hostname.toLowerCase();
  if (protocol !== 'file:' || !isHere) return undefined;
  const path = decoded(pathname);
  return path !== undefined && path.length <= MAX_PATH && isAbsolute(path) && !/\p{Cc}/u.test(path) ? path : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
