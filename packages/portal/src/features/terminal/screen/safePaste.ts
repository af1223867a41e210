/** What would be typed for a pasted text. */
export interface Paste {
  /** Lines end with a carriage return, as the key does; no other control character but the tabulator is left. */
  text: string;
  lines: number;
  /** Characters that were taken out. */
  removed: number;
}

/** Longest text that is pasted, in characters. */
export const LONGEST_PASTE = 2 * 1024 * 1024;

/** Control characters but tab and carriage return: among them the escape that would end a bracketed paste early. */
const CONTROLS = /[^\P{Cc}\t\r]/gu;

/** A pasted text as it may be typed: nothing in it acts as a key but the line ends, which a person is asked about. */
export function safePaste(pasted: string): Paste {
  const lines = pasted.replace(/\r\n|\n/g, '\r');
  const text = lines.replace(CONTROLS, '');
  return { text, lines: text.split('\r').length, removed: lines.length - text.length };
}

/** As sent: a program that asked for it is told where a paste begins and ends. */
export function bracketed(text: string, isAsked: boolean): string {
  return isAsked ? `\x1b[200~${text}\x1b[201~` : text;
}
