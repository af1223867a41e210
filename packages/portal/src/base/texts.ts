import { english } from './texts/en/english.ts';
import type { Wording } from './texts/wording.ts';

/** Every sentence that the portal shows, in one language: the form of `english`, which is the original. */
export type Texts = Wording<typeof english>;

/**
 * The sentences in the language of this page. Read them when something is drawn, never while a module loads: `setTexts` may
 * come after that.
 */
export let texts: Texts = english;

/** Sets the language of this page, once, before anything is drawn. */
export function setTexts(chosen: Texts): void {
  texts = chosen;
}
