import { basename } from 'node:path';

/** Shells that begin as for a log-in with `-l`. */
const LOGIN = new Set(['sh', 'bash', 'dash', 'zsh', 'fish', 'ksh', 'mksh', 'rbash', 'ash', 'tcsh', 'csh']);

/** What `shell` is started with to begin as it does for somebody who logs in. */
export function loginArguments(shell: string): string[] {
  return LOGIN.has(basename(shell)) ? ['-l'] : [];
}

/** The paths in the text of `/etc/shells`, each once. */
export function shellsIn(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return [...new Set(lines.filter((line) => line.startsWith('/')))];
}
