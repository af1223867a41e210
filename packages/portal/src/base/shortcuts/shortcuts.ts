import { chordOf, type KeyPress } from './chordOf.ts';
import { SHORTCUTS, type ShortcutName } from './shortcutTable.ts';

/** Where a key was pressed, as far as it decides whether the key is the portal's. */
export interface KeyPlace {
  /** Text is being written there: only chords with Ctrl are the portal's. */
  isTyping: boolean;
  /** A terminal or a screen has the keyboard, or somebody took the key already: nothing is the portal's. */
  isTaken: boolean;
  /** A dialog or menu is open: only chords with Ctrl are the portal's. */
  isCovered: boolean;
}

/** Who acts on which shortcut at the moment: of several, the one that came last. */
export class Shortcuts {
  readonly #actions = new Map<ShortcutName, (() => void)[]>();

  /** Lets `run` answer to the shortcut, until the returned function is called. */
  add(name: ShortcutName, run: () => void): () => void {
    const entry = () => run();
    this.#actions.set(name, [...(this.#actions.get(name) ?? []), entry]);
    return () => {
      const left = (this.#actions.get(name) ?? []).filter((each) => each !== entry);
      if (left.length === 0) this.#actions.delete(name);
      else this.#actions.set(name, left);
    };
  }

  /** What the key does there; undefined when it is not the portal's. */
  find(press: KeyPress, { isTyping, isTaken, isCovered }: KeyPlace): (() => void) | undefined {
    if (isTaken) return undefined;
    const chord = chordOf(press);
    if ((isTyping || isCovered) && !chord.startsWith('ctrl+')) return undefined;
    for (const [name, actions] of this.#actions) {
      if (SHORTCUTS[name].chord === chord) return actions.at(-1);
    }
    return undefined;
  }
}

/** The page's own. */
export const shortcuts = new Shortcuts();
