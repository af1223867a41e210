import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { scan } from './scan.ts';

/** One source file of a package. Paths are relative to the checkout, with forward slashes. */
export interface Module {
  path: string;
  /** Files of the checkout that it imports. */
  imports: Import[];
  /** Bare specifiers: packages and Node's own modules. */
  packages: string[];
  /** Its code without comments and texts. */
  bare: string;
}

export interface Import {
  path: string;
  typeOnly: boolean;
}

/** File texts by path. */
export type Sources = Record<string, string>;

/** The files of `packages/*` that ship: no tests, no declarations. */
export function readSources(root: string): Sources {
  const paths = globSync('packages/*/src/**/*.{ts,tsx}', { cwd: root }).filter((path) => !/\.test\.tsx?$/.test(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** The modules of the given texts, imports resolved. `@porthole/x` stands for that package's entry. */
export function toModules(sources: Sources): Module[] {
  return Object.entries(sources).map(([path, text]) => {
    const { imports, bare } = scan(text);
    const inside = imports.flatMap(({ specifier, typeOnly }) => {
      const target = resolve(path, specifier);
      return target === undefined ? [] : [{ path: target, typeOnly }];
    });
    const packages = imports.map(({ specifier }) => specifier).filter((name) => resolve(path, name) === undefined);
    return { path, imports: inside, packages, bare };
  });
}

function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
  const [, name, entry] = /^@porthole\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  return name === undefined ? undefined : `packages/${name}/src/${entry ?? 'index'}.ts`;
}
