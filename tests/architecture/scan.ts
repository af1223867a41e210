/** What one source file says: the modules it imports and its code without comments. */
export interface Scan {
  /** Specifiers in order; `typeOnly` ones vanish at run time. */
  imports: Array<{ specifier: string; typeOnly: boolean }>;
  /** The code with comments and the contents of texts blanked, for rules about names. */
  bare: string;
}

const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
const STATIC = /\b(?:import|export)\s+(type\s)?[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]/g;
const BARE = /\bimport\s*['"]([^'"]+)['"]/g;
const DYNAMIC = /\bimport\s*\(\s*['"]([^'"]+)['"]/g;
const URL_OF = /\bnew URL\(\s*['"]([^'"]+\.tsx?)['"]\s*,\s*import\.meta\.url/g;

/** Scans TypeScript for `import`, `export from`, `import()` and `new URL(…, import.meta.url)` of a source, with literal specifiers. */
export function scan(text: string): Scan {
  const code = text.replace(COMMENT_OR_TEXT, (token) => (token.startsWith('/') ? ' ' : token));
  const bare = code.replace(COMMENT_OR_TEXT, (token) => `${token[0]}${token[0]}`);
  const imports = [
    ...matches(code, STATIC).map(([, type, specifier = '']) => ({ specifier, typeOnly: type !== undefined })),
    ...[BARE, DYNAMIC, URL_OF].flatMap((pattern) =>
      matches(code, pattern).map(([, specifier = '']) => ({ specifier, typeOnly: false })),
    ),
  ];
  return { imports, bare };
}

function matches(text: string, pattern: RegExp): RegExpExecArray[] {
  return [...text.matchAll(pattern)];
}
