/** A folder and names below it, with `/` between them, as one path of the system that the folder's path is of. */
export function joinPath(folder: string, name: string): string {
  const separator = /^(?:[A-Za-z]:|\\\\)/.test(folder) ? '\\' : '/';
  return `${folder.replace(/[/\\]$/, '')}${separator}${name.split('/').join(separator)}`;
}

/** What comes before the last `/` of a name, and what after it. */
export function splitName(name: string): { parent: string; last: string } {
  const at = name.lastIndexOf('/');
  return { parent: name.slice(0, Math.max(0, at)), last: name.slice(at + 1) };
}
