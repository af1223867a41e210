/** What says where or when the project was made, rather than what it is. */
const LEAKS: Array<[what: string, pattern: RegExp]> = [
  ['number of an issue', /\b(?:issues?|pull request|PR|fixes|closes|refs)\s+#?\d+\b(?! [a-z])|\(#\d+\)|\bGH-\d+\b/i],
  ['path of one machine', /(?<![\w.])\/(?:work|root)\/\w|\/home\/[a-z]\w*\/|\/Users\/\w+\/|\/tmp\/[a-z]\w+\/\w/],
  ['host of a package registry', /\b(?:registry\.npmjs\.(?:org|com)|npmjs\.org|npmmirror\.com|deb\.debian\.org)\b/],
];

/** Lines that leak, each as "line 3: what". */
export function findLeaks(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      LEAKS.filter(([, pattern]) => pattern.test(line)).map(([what]) => `line ${index + 1}: ${what}`),
    );
}
