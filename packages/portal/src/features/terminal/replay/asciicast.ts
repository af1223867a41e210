import { MAX_COLUMNS, MAX_ROWS, type TerminalSize } from '@porthole/protocol';
import * as z from 'zod';

/** One thing that happens in a recording, so many seconds after its beginning. */
export type CastEvent = { at: number } & ({ type: 'output'; text: string } | { type: 'size'; size: TerminalSize });

/** A recording as it can be played. */
export interface Cast {
  size: TerminalSize;
  events: readonly CastEvent[];
  /** In seconds. */
  length: number;
  /** There was more than is kept here, or its end is missing. */
  cut: boolean;
}

/** Most text that is held of one recording, in characters, and most events. */
const MOST_TEXT = 64 * 1024 * 1024;
const MOST_EVENTS = 500_000;
const LONGEST_SECONDS = 30 * 86_400;

const side = (most: number) => z.number().int().min(1).max(most);
const header = z.object({ version: z.literal(2), width: side(MAX_COLUMNS), height: side(MAX_ROWS) });
const event = z.tuple([z.number().min(0).max(LONGEST_SECONDS), z.string(), z.string()]);
const SIZE = /^(\d{1,4})x(\d{1,3})$/;

/**
 * Reads an asciicast v2 as it comes: `add` text in any portions, then `end`. Events of other kinds than output and size
 * are left out, and so is a last line that was not written to its end.
 */
export class CastReader {
  readonly #events: CastEvent[] = [];
  #size: TerminalSize | undefined;
  #rest = '';
  #held = 0;
  #length = 0;
  #cut = false;
  #broken = false;

  add(text: string): void {
    if (this.#broken || this.#cut) return;
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MOST_TEXT) this.#cut = true;
    for (const line of lines) if (line !== '') this.#line(line);
  }

  /** Undefined when it was no recording. */
  end(): Cast | undefined {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    if (!this.#size) return undefined;
    return { size: this.#size, events: this.#events, length: this.#length, cut: this.#cut };
  }

  #line(line: string): void {
    if (this.#cut || this.#broken) return;
    const json = parse(line);
    if (this.#size) return this.#event(json);
    const found = header.safeParse(json);
    if (found.success) this.#size = { columns: found.data.width, rows: found.data.height };
    else this.#broken = true;
  }

  #event(json: unknown): void {
    const found = event.safeParse(json);
    if (!found.success) {
      this.#cut = true;
      return;
    }
    const [seconds, kind, data] = found.data;
    this.#held += data.length;
    if (this.#held > MOST_TEXT || this.#events.length >= MOST_EVENTS) {
      this.#cut = true;
      return;
    }
    // Clocks that were set back do not turn a recording back.
    this.#length = Math.max(this.#length, seconds);
    const happening = kind === 'o' ? { type: 'output' as const, text: data } : kind === 'r' ? sizeOf(data) : undefined;
    if (happening) this.#events.push({ at: this.#length, ...happening });
  }
}

function sizeOf(data: string): { type: 'size'; size: TerminalSize } | undefined {
  const [, columns, rows] = SIZE.exec(data) ?? [];
  const size = { columns: Number(columns), rows: Number(rows) };
  const fits = size.columns >= 1 && size.columns <= MAX_COLUMNS && size.rows >= 1 && size.rows <= MAX_ROWS;
  return fits ? { type: 'size', size } : undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
