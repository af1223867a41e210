/** How a device separates the parts of its paths. */
export type Separator = '/' | '\\';

/** The separator of a device, from what it says its system is. */
export function separatorOf(system: string): Separator {
  return /\bwindows\b/i.test(system) ? '\\' : '/';
}

/** The parts of an absolute path: none for `/`, the drive first on Windows. */
export function splitPath(path: string, separator: Separator): string[] {
  return path.split(separator).filter((part) => part !== '');
}

/** The absolute path of these parts. */
export function joinPath(parts: readonly string[], separator: Separator): string {
  if (separator === '/') return `/${parts.join('/')}`;
  return parts.length === 1 ? `${parts[0]}\\` : parts.join('\\');
}

/** The path of an entry of a folder. */
export function childPath(folder: string, name: string, separator: Separator): string {
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

/** The folder that holds `path`; undefined for a root. */
export function parentPath(path: string, separator: Separator): string | undefined {
  const parts = splitPath(path, separator);
  const isRoot = separator === '/' ? parts.length === 0 : parts.length <= 1;
  return isRoot ? undefined : joinPath(parts.slice(0, -1), separator);
}

/** The last part of a path; the path itself for a root. */
export function baseName(path: string, separator: Separator): string {
  return splitPath(path, separator).at(-1) ?? path;
}

/** The entry of `folder` that leads to `path`; undefined when `path` is not below it. */
export function entryTowards(folder: string, path: string, separator: Separator): string | undefined {
  const above = splitPath(folder, separator);
  const parts = splitPath(path, separator);
  return above.every((part, index) => part === parts[index]) ? parts[above.length] : undefined;
}

/** One step of the breadcrumbs. */
export interface Crumb {
  name: string;
  path: string;
}

/** The way from the root to `path`, both included. */
export function crumbsOf(path: string, separator: Separator): Crumb[] {
  const parts = splitPath(path, separator);
  const crumbs = parts.map((name, index) => ({ name, path: joinPath(parts.slice(0, index + 1), separator) }));
  return separator === '/' ? [{ name: '/', path: '/' }, ...crumbs] : crumbs;
}

/** Those of `folders` that may be meant by the beginning of a path, in any case; `most` at most. */
export function pathsBeginning(typed: string, folders: readonly string[], most: number): string[] {
  const beginning = typed.toLowerCase();
  return folders.filter((folder) => folder.toLowerCase().startsWith(beginning)).slice(0, most);
}

/**
 * What a person typed as a path, made absolute and tidy below `folder`: `..` and `.` are resolved, doubled separators go,
 * and so does the space around it that comes along when a path is copied. The folder itself stays what it is.
 */
export function resolveTyped(typed: string, folder: string, separator: Separator): string {
  if (typed === folder) return folder;
  const trimmed = typed.trim();
  const text = separator === '\\' ? trimmed.replaceAll('/', '\\') : trimmed;
  const isAbsolute = separator === '/' ? text.startsWith('/') : /^[A-Za-z]:/.test(text);
  const parts = isAbsolute ? [] : splitPath(folder, separator);
  for (const part of splitPath(text, separator)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return joinPath(parts, separator);
}
