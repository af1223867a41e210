/** A command line as it was understood: its arguments, or what is wrong with it. */
export type SplitCommand = { args: string[]; problem?: undefined } | { args: string[]; problem: 'quote' | 'escape' };

/**
 * Divides a line into arguments: at blanks, but not within quotes or behind a backslash. Nothing else has a meaning, since
 * no shell ever sees it: `*`, `$HOME`, `|` and `;` stay what they are.
 */
export function splitCommand(line: string): SplitCommand {
  const args: string[] = [];
  let current: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quote === undefined && /\s/.test(character)) {
      if (current !== undefined) args.push(current);
      current = undefined;
    } else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      current ??= '';
    } else if (character === '\\' && quote !== "'") {
      at += 1;
      if (at >= line.length) return { args, problem: 'escape' };
      current = (current ?? '') + line[at];
    } else current = (current ?? '') + character;
  }
  if (quote !== undefined) return { args, problem: 'quote' };
  if (current !== undefined) args.push(current);
  return { args };
}

/** The line that `splitCommand` divides into these arguments. */
export function joinCommand(args: readonly string[]): string {
  return args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'"'"'`)}'`)).join(' ');
}
