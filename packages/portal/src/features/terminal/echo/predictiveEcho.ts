/** What the terminal shows around its cursor at one moment. Rows count from the beginning of the scrollback, columns from 0. */
export interface Glimpse {
  row: number;
  x: number;
  columns: number;
  /** A full-screen program has the screen. */
  alternate: boolean;
  /** What stands in the cursor's row, from one column up to another; blanks count. */
  text(from: number, to: number): string;
}

/** What to draw over the terminal: text from a cell on, and where the cursor would be. */
export interface Prediction {
  row: number;
  x: number;
  text: string;
  cursor: number;
  /** It will be confirmed so soon that it is drawn like the text itself: anything else would flicker. */
  isBrief: boolean;
}

/** One line that is being typed, from the column in which typing began. */
interface Line {
  row: number;
  start: number;
  /** What stands before the typed text. */
  prompt: string;
  /** What the terminal last showed of it. */
  real: string;
  /** What it will show after each key that has not been answered, the oldest first. */
  expected: string[];
  /** When the oldest of them was sent, in ms. */
  since: number;
  /** The program has shown that it echoes here. */
  echoes: boolean;
}

const PRINTABLE = /^[ -~]$/;
const BACKSPACE = '\x7f';
const LONGEST_LINE = 256;
const MOST_PROMPTS = 16;
/** Below this round trip, in ms, nobody could see that a letter was a guess for a moment. */
const BRIEF_MS = 30;
/** An echo that takes longer than this many round trips, and this many ms, is not coming; on a brief link sooner. */
const PATIENCE = { roundTrips: 4, ms: 400, briefMs: 150 } as const;

/**
 * Guesses what a shell will echo, so that it can be shown before it comes. It guesses only at the end of a line, and only
 * shows a guess where the program has already echoed: on this line, or behind the same prompt before. So a password is
 * never shown, since its first character is not echoed. Times in ms of any one clock.
 */
export class PredictiveEcho {
  #line: Line | undefined;
  /** A key that could not be guessed is under way: where the cursor is shown is not where it will be. */
  #isBlind = false;
  readonly #prompts = new Set<string>();

  /** A person typed `text`, which is about to be sent. */
  typed(text: string, glimpse: Glimpse, now: number): void {
    const isKey = PRINTABLE.test(text) || text === BACKSPACE;
    if (!isKey || glimpse.alternate) return this.#giveUp();
    this.#line ??= text === BACKSPACE ? undefined : this.#begin(glimpse);
    const line = this.#line;
    if (!line) return this.#giveUp();
    const before = line.expected.at(-1) ?? line.real;
    const after = text === BACKSPACE ? before.slice(0, -1) : before + text;
    const isTooFar = line.start + after.length >= glimpse.columns || after.length > LONGEST_LINE;
    if (isTooFar || after === before) return this.#giveUp();
    if (line.expected.length === 0) line.since = now;
    line.expected.push(after);
  }

  /** The terminal shows something new. */
  drawn(glimpse: Glimpse, now: number): void {
    this.#isBlind = false;
    const line = this.#line;
    if (!line) return;
    const isHere = glimpse.row === line.row && glimpse.x >= line.start && !glimpse.alternate;
    const real = isHere ? glimpse.text(line.start, glimpse.x) : undefined;
    if (real === line.real) return;
    const at = real === undefined ? -1 : line.expected.indexOf(real);
    if (real === undefined || at < 0) return this.withdraw();
    line.real = real;
    line.expected.splice(0, at + 1);
    line.since = now;
    line.echoes = true;
    this.#trust(line.prompt);
  }

  /** Time passes; `roundTrip` as `shown` has it. An echo that does not come withdraws everything. */
  waited(now: number, roundTrip = 0): void {
    const line = this.#line;
    if (!line || line.expected.length === 0) return;
    const least = roundTrip < BRIEF_MS ? PATIENCE.briefMs : PATIENCE.ms;
    if (now - line.since <= Math.max(least, PATIENCE.roundTrips * roundTrip)) return;
    this.#prompts.delete(line.prompt);
    this.withdraw();
  }

  /** Nothing is guessed any more; the next key begins anew. */
  withdraw(): void {
    this.#line = undefined;
  }

  /**
   * What to show now, at a round trip of so many ms, which has to be known; undefined when the terminal itself is right. On a
   * quick link, too: the echo has to wait its turn in five programs, which takes a picture or two.
   */
  shown(roundTrip: number | undefined): Prediction | undefined {
    const line = this.#line;
    const last = line?.expected.at(-1);
    if (!line?.echoes || last === undefined || roundTrip === undefined) return undefined;
    const { real, row, start } = line;
    let same = 0;
    while (same < real.length && same < last.length && real[same] === last[same]) same += 1;
    // What was taken back is covered.
    const text = last.slice(same).padEnd(real.length - same, ' ');
    return { row, x: start + same, text, cursor: start + last.length, isBrief: roundTrip < BRIEF_MS };
  }

  #giveUp(): void {
    this.#isBlind = true;
    this.withdraw();
  }

  #begin(glimpse: Glimpse): Line | undefined {
    const { row, x, columns } = glimpse;
    if (this.#isBlind || glimpse.text(x, columns).trim() !== '') return undefined;
    const prompt = glimpse.text(0, x);
    const echoes = this.#prompts.has(prompt);
    return { row, start: x, prompt, real: '', expected: [], since: 0, echoes };
  }

  #trust(prompt: string): void {
    // Without a prompt nothing tells the place of a command from that of a password.
    if (prompt.trim() === '') return;
    this.#prompts.delete(prompt);
    this.#prompts.add(prompt);
    const [oldest] = this.#prompts;
    if (this.#prompts.size > MOST_PROMPTS && oldest !== undefined) this.#prompts.delete(oldest);
  }
}
