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

/** What a person typed as a path, made absolute and tidy below `folder`: `..` and `.` are resolved, doubled separators go. */
export function resolveTyped(typed: string, folder: string, separator: Separator): string {
  const text = separator === '\\' ? typed.trim().replaceAll('/', '\\') : typed;
  const isAbsolute = separator === '/' ? text.startsWith('/') : /^[A-Za-z]:/.test(text);
  const parts = isAbsolute ? [] : splitPath(folder, separator);
  for (const part of splitPath(text, separator)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return joinPath(parts, separator);
}
