import * as z from 'zod';

const FONT = { usual: 13, smallest: 8, largest: 32 } as const;

const preferences = z.object({
  /** In CSS pixels. */
  fontSize: z.number().int().min(FONT.smallest).max(FONT.largest).catch(FONT.usual),
  copyOnSelect: z.boolean().catch(false),
  confirmPaste: z.boolean().catch(true),
  predict: z.boolean().catch(true),
});
/** How this person likes terminals, kept in the browser. */
export type TerminalPreferences = z.infer<typeof preferences>;

const KEY = 'porthole.terminal';

/** What was chosen last; the defaults for whatever is missing or was tampered with. */
export function readPreferences(storage: Pick<Storage, 'getItem'>): TerminalPreferences {
  return preferences.parse(objectOf(storage.getItem(KEY)));
}

/** Keeps them; false when the browser keeps nothing. */
export function keepPreferences(storage: Pick<Storage, 'setItem'>, kept: TerminalPreferences): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** The next size of letters; `by` 0 is the usual one. */
export function zoomed(fontSize: number, by: -1 | 0 | 1): number {
  return by === 0 ? FONT.usual : Math.min(FONT.largest, Math.max(FONT.smallest, fontSize + by));
}

function objectOf(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
