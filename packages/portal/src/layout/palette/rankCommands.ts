import { COMMAND_SECTIONS, type Command } from '../../base/commandsRegistry.ts';
import { fold } from '../../base/search/fold.ts';

/** A command made ready for being looked for many times. */
export interface SearchableCommand {
  command: Command;
  title: string;
  rest: string;
}

/** How many are worth showing. */
const MOST_SHOWN = 50;
/** What was used lately, and of devices, while nothing is typed. */
const MOST_UNASKED = 8;
/** Of each other section then. */
const MOST_OF_SECTION = 20;

/** Folds the texts of commands once, before somebody types. */
export function makeSearchable(commands: readonly Command[]): SearchableCommand[] {
  return commands.map((command) => ({
    command,
    title: fold(command.title),
    rest: fold(`${command.detail ?? ''} ${command.words ?? ''}`),
  }));
}

/**
 * The commands that fit what was typed, the best first: every word has to occur, as a whole, as a beginning, or at least
 * letter by letter in order. What was used lately (`recent`, the latest first) comes before what fits as well.
 */
export function rankCommands(all: readonly SearchableCommand[], query: string, recent: readonly string[]): Command[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const age = new Map(recent.map((id, index) => [id, index]));
  if (words.length === 0) return unasked(all, age);
  const found = all.flatMap((each) => {
    const score = scoreOf(each, words);
    return score > 0 ? [{ command: each.command, score: score + recentBonus(age.get(each.command.id)) }] : [];
  });
  found.sort((a, b) => b.score - a.score || inSections(a.command, b.command));
  return found.slice(0, MOST_SHOWN).map(({ command }) => command);
}

/** Before anything is typed: what was used lately, then a little of everything. */
function unasked(all: readonly SearchableCommand[], age: ReadonlyMap<string, number>): Command[] {
  const counts = new Map<string, number>();
  const commands = all.map(({ command }) => command);
  const lately = commands.filter(({ id }) => age.has(id));
  lately.sort((a, b) => (age.get(a.id) ?? 0) - (age.get(b.id) ?? 0));
  const others = commands.filter(({ id, section }) => {
    if (age.has(id)) return false;
    const count = counts.get(section) ?? 0;
    counts.set(section, count + 1);
    return count < (section === 'devices' ? MOST_UNASKED : MOST_OF_SECTION);
  });
  others.sort(inSections);
  return [...lately.slice(0, MOST_UNASKED), ...others];
}

function scoreOf({ title, rest }: SearchableCommand, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = Math.max(wordScore(title, word), wordScore(rest, word) * 0.6);
    if (score === 0) return 0;
    sum += score;
  }
  // Of two that fit as well, the one that says less beside it.
  return sum / words.length - Math.min(0.5, title.length / 200);
}

/** 0 when it does not occur; more the closer it is to being the word itself. */
function wordScore(text: string, word: string): number {
  if (text === word) return 10;
  const at = text.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? 5 : 7;
  return isSubsequence(text, word) ? 2 : 0;
}

/** Letter by letter in order, the first one at the beginning of a word: `tcl` finds `take control`. */
function isSubsequence(text: string, word: string): boolean {
  let at = -1;
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return false;
    if (at < 0 && next > 0 && /[\p{L}\p{N}]/u.test(text.charAt(next - 1))) return false;
    at = next;
  }
  return true;
}

function recentBonus(index: number | undefined): number {
  return index === undefined ? 0 : 1 / (1 + index / 5);
}

function inSections(a: Command, b: Command): number {
  return COMMAND_SECTIONS.indexOf(a.section) - COMMAND_SECTIONS.indexOf(b.section);
}
