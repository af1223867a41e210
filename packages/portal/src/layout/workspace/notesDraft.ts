import { PortholeError, tidyNotes } from '@porthole/protocol';
import { sentenceOf } from '../../base/api.ts';
import { type Later, laterByTimer } from '../../base/later.ts';
import { type Readable, Store } from '../../base/store.ts';

/** Characters that notes may have. */
export const LONGEST_NOTES = 10_000;
/** How long a pause in typing saves, in ms. */
const PAUSE_MS = 800;

export interface NotesState {
  text: string;
  phase: 'saved' | 'saving' | 'unsaved';
  /** Why it could not be saved; it stays on the page. */
  problem: string | undefined;
  /** What somebody else wrote meanwhile, while it is not decided which of the two stays. */
  theirs: string | undefined;
}

interface NotesOptions {
  /** What is saved. */
  text: string;
  /** Rejects with `profile.changed` unless `before` is what is saved still. */
  save(text: string, before: string): Promise<void>;
  later?: Later;
}

/**
 * Notes that are being written: saved when typing pauses, and never over what somebody else wrote meanwhile without a
 * decision.
 */
export class NotesDraft {
  readonly state: Readable<NotesState>;
  readonly #state: Store<NotesState>;
  readonly #save: NotesOptions['save'];
  readonly #later: Later;
  /** What was on its way to the hub, or known to be there, so that its echo is no change by somebody else. */
  readonly #own = new Set<string>();
  /** What this is written over, as the hub keeps it; and what the hub told last. */
  #before: string;
  #latest: string;
  /** The hub knows of something newer than we do. */
  #isBehind = false;
  #cancel: (() => void) | undefined;
  #saving: Promise<void> | undefined;

  constructor({ text, save, later = laterByTimer }: NotesOptions) {
    this.#state = new Store<NotesState>({ text, phase: 'saved', problem: undefined, theirs: undefined });
    this.state = this.#state;
    this.#save = save;
    this.#later = later;
    this.#own.add(text);
    this.#before = text;
    this.#latest = text;
  }

  type(text: string): void {
    this.#state.patch({ text, phase: 'unsaved' });
    this.#cancel?.();
    if (this.#state.get().theirs === undefined) this.#cancel = this.#later(() => void this.#flush(), PAUSE_MS);
  }

  /** The hub says that this is noted now. */
  heard(text: string): void {
    this.#latest = text;
    if (this.#own.has(text) && !this.#isBehind) return;
    const { text: mine, phase } = this.#state.get();
    if (phase === 'saved') {
      this.#take(text);
      this.#state.patch({ text });
    } else if (text !== mine) {
      this.#cancel?.();
      this.#state.patch({ theirs: text });
    }
  }

  /** Gives up what was written here. */
  takeTheirs(): void {
    const { theirs } = this.#state.get();
    if (theirs === undefined) return;
    this.#take(theirs);
    this.#state.set({ text: theirs, phase: 'saved', problem: undefined, theirs: undefined });
  }

  /** Saves what was written here over what somebody else wrote. */
  keepMine(): void {
    const { theirs } = this.#state.get();
    if (theirs !== undefined) this.#take(theirs);
    this.#state.patch({ theirs: undefined });
    void this.#flush();
  }

  /** Saves what is not saved yet, unless that is undecided. Idempotent. */
  close(): void {
    this.#cancel?.();
    const { phase, theirs } = this.#state.get();
    if (phase === 'unsaved' && theirs === undefined) void this.#flush();
  }

  /** From now on this is what is written over. */
  #take(text: string): void {
    this.#own.add(text);
    this.#before = text;
    this.#isBehind = false;
  }

  async #flush(): Promise<void> {
    this.#cancel?.();
    await this.#saving;
    const { text, phase } = this.#state.get();
    if (phase === 'saved') return;
    const kept = tidyNotes(text);
    this.#own.add(kept);
    this.#state.patch({ phase: 'saving', problem: undefined });
    this.#saving = this.#save(text, this.#before).then(
      () => {
        this.#take(kept);
        if (this.#state.get().text === text) this.#state.patch({ phase: 'saved' });
      },
      (error: unknown) => this.#refused(error),
    );
    await this.#saving;
  }

  #refused(error: unknown): void {
    if (!(error instanceof PortholeError && error.code === 'profile.changed'))
      return this.#state.patch({ phase: 'unsaved', problem: sentenceOf(error) });
    this.#isBehind = true;
    this.#state.patch({ phase: 'unsaved' });
    // Otherwise the news is still on its way.
    if (this.#latest !== this.#before) this.heard(this.#latest);
  }
}
