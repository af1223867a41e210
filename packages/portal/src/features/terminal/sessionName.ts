import type { TerminalSession } from '@porthole/protocol';
import { visibleText } from '../../base/format.ts';

/** Longest name in a tab, in characters. */
const LONGEST = 80;

type Named = Pick<TerminalSession, 'name' | 'title' | 'command' | 'shell'>;

/** What a session is called: by a person, by the program in it, or by what it runs. Harmless text. */
export function sessionName({ name, title, command, shell }: Named): string {
  // A shell that waits for its person is called by its name alone, whatever it was started with.
  const running = isBusy({ command, shell }) ? withoutPath(command) : programOf(shell);
  const chosen = [name, title, running].find((text) => text.trim() !== '');
  return visibleText(chosen ?? shell, LONGEST);
}

/** A command line whose program is named without its folder. */
function withoutPath(command: string): string {
  const [program = '', ...rest] = command.trim().split(' ');
  return [programOf(program), ...rest].join(' ');
}

/** The last part of a path, with either separator. */
export function programOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Whether something runs in a session beside the shell that it began with. */
export function isBusy({ command, shell }: Pick<TerminalSession, 'command' | 'shell'>): boolean {
  const [first = '', ...rest] = command.trim().split(' ');
  // A login shell calls itself by its name with a dash, or was started with `-l`. One that was given more runs a script.
  const program = programOf(first).replace(/^-/, '');
  const isAlone = program === programOf(shell) && rest.every((argument) => argument === '-l');
  return program !== '' && !isAlone;
}
