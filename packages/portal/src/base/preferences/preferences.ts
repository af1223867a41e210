import type { AllPreferences, PreferencePart, Preferences as PreferencesFile } from '@porthole/protocol';
import { PREFERENCE_PART_NAMES } from '@porthole/protocol';
import { sentenceOf } from '../api.ts';
import { type Later, laterByTimer } from '../later.ts';
import { type Readable, Store } from '../store.ts';
import { BUILT_IN, type PreferenceValues } from './builtIn.ts';
import type { PreferencesRoutes } from './preferencesApi.ts';

type Stores = { readonly [Part in PreferencePart]: Store<PreferenceValues[Part]> };
type Some = { [Part in PreferencePart]?: PreferenceValues[Part] | undefined };

/** How long after the last change it is saved, in ms. */
const DEBOUNCE_MS = 500;
/** Who waits for the first answer waits no longer than this. */
const READY_MS = 1_000;

/**
 * How the user likes the portal: what they chose, else what an admin chose for everybody, else what is built in. Changes
 * hold at once and are saved a moment later, each part as a whole; what could not be saved stays and is tried again with
 * the next change and the next connection. Works from the start, before the hub has answered. Closed with its connection.
 */
export class Preferences {
  readonly #routes: PreferencesRoutes;
  readonly #later: Later;
  readonly #stores: Stores = createStores();
  readonly #ready = new Store(false);
  readonly #problem = new Store<string | undefined>(undefined);
  /** Chosen here and not yet acknowledged; null is back to the default. */
  readonly #unsaved: { [Part in PreferencePart]?: PreferenceValues[Part] | null } = {};
  /** Counts the changes of each part, so that an answer that was under way meanwhile does not undo one. */
  readonly #changes = new Map<PreferencePart, number>();
  #own: Some = {};
  #defaults: Some = {};
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #saving: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #isClosed = false;
  #isKnown = false;

  constructor(routes: PreferencesRoutes, later: Later = laterByTimer) {
    this.#routes = routes;
    this.#later = later;
  }

  /** Whether the hub has answered for the first time, or could not, or takes its time. */
  get ready(): Readable<boolean> {
    return this.#ready;
  }

  /** Whether the hub has answered: until then the values in force are built in, but for what was set meanwhile. */
  isKnown(): boolean {
    return this.#isKnown;
  }

  /** Why the last change could not be saved; undefined while all is well. */
  get problem(): Readable<string | undefined> {
    return this.#problem;
  }

  /** The value in force, now and from now on. */
  follow<Part extends PreferencePart>(part: Part): Readable<PreferenceValues[Part]> {
    return this.#stores[part];
  }

  get<Part extends PreferencePart>(part: Part): PreferenceValues[Part] {
    return this.#stores[part].get();
  }

  /** Whether the user chose it, rather than having the default. */
  isOwn(part: PreferencePart): boolean {
    const unsaved = this.#unsaved[part];
    return unsaved === undefined ? this.#own[part] !== undefined : unsaved !== null;
  }

  set<Part extends PreferencePart>(part: Part, value: PreferenceValues[Part]): void {
    this.#put(part, value);
  }

  change<Part extends PreferencePart>(
    part: Part,
    next: (value: PreferenceValues[Part]) => PreferenceValues[Part],
  ): void {
    this.#put(part, next(this.get(part)));
  }

  /** Back to the default. */
  reset(part: PreferencePart): void {
    this.#put(part, null);
  }

  /** What those have who chose nothing; null: what is built in. For admins; rejects with the refusal. */
  async setDefault<Part extends PreferencePart>(part: Part, value: PreferenceValues[Part] | null): Promise<void> {
    if (value === null) await this.#routes.forgetDefault(part);
    else await this.#routes.saveDefault(part, value);
    this.#touched(part);
    this.#defaults = { ...this.#defaults, [part]: value ?? undefined };
    this.#refresh(part);
  }

  /** All that the user chose, as it is saved in a file. */
  export(): PreferencesFile {
    const all = Object.fromEntries(
      PREFERENCE_PART_NAMES.filter((part) => this.isOwn(part)).map((part) => [part, this.get(part)]),
    );
    return all as PreferencesFile;
  }

  /** Replaces everything the user chose, all or nothing. Rejects with the refusal. */
  async replace(all: PreferencesFile): Promise<void> {
    await this.#routes.replace(all);
    for (const part of PREFERENCE_PART_NAMES) {
      this.#touched(part);
      delete this.#unsaved[part];
    }
    this.#own = { ...all };
    this.#problem.set(undefined);
    this.#refreshAll();
  }

  /** Reads what the hub has. Never rejects. */
  read(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return this.#reading;
    }
    const cancel = this.#later(() => this.#ready.set(true), READY_MS);
    this.#reading = this.#read().finally(() => {
      cancel();
      this.#reading = undefined;
      this.#ready.set(true);
      if (this.#readAgain && !this.#isClosed) {
        this.#readAgain = false;
        void this.read();
      }
    });
    return this.#reading;
  }

  /** The hub can be reached again: what is unsaved is tried once more. */
  connected(): void {
    void this.flush().then(() => this.read());
  }

  /** Saves now what is unsaved. Never rejects: `problem` tells. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#saving;
    if (this.#isClosed || Object.keys(this.#unsaved).length === 0) return;
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
    await this.#saving;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #put<Part extends PreferencePart>(part: Part, value: PreferenceValues[Part] | null): void {
    if (this.#isClosed) return;
    this.#unsaved[part] = value;
    this.#touched(part);
    this.#refresh(part);
    this.#cancel?.();
    this.#cancel = this.#later(() => void this.flush(), DEBOUNCE_MS);
  }

  async #save(): Promise<void> {
    let problem: string | undefined;
    for (const part of PREFERENCE_PART_NAMES) {
      if (this.#unsaved[part] === undefined) continue;
      try {
        await this.#savePart(part);
      } catch (error) {
        problem = sentenceOf(error);
      }
    }
    this.#problem.set(problem);
  }

  async #savePart<Part extends PreferencePart>(part: Part): Promise<void> {
    const value = this.#unsaved[part];
    if (value === undefined) return;
    if (value === null) await this.#routes.forget(part);
    else await this.#routes.save(part, value);
    this.#touched(part);
    this.#own = { ...this.#own, [part]: value ?? undefined };
    // A newer change that came meanwhile is saved in its turn.
    if (this.#unsaved[part] === value) delete this.#unsaved[part];
  }

  async #read(): Promise<void> {
    const before = new Map(this.#changes);
    const answer = await this.#routes.read().catch(() => undefined);
    if (!answer || this.#isClosed) return;
    this.#isKnown = true;
    for (const part of PREFERENCE_PART_NAMES) {
      if (this.#changes.get(part) === before.get(part)) this.#take(part, answer);
    }
    this.#refreshAll();
  }

  #take(part: PreferencePart, { own, defaults }: AllPreferences): void {
    this.#own = { ...this.#own, [part]: own[part] };
    this.#defaults = { ...this.#defaults, [part]: defaults[part] };
  }

  #touched(part: PreferencePart): void {
    this.#changes.set(part, (this.#changes.get(part) ?? 0) + 1);
  }

  #refreshAll(): void {
    for (const part of PREFERENCE_PART_NAMES) this.#refresh(part);
  }

  #refresh<Part extends PreferencePart>(part: Part): void {
    const store = this.#stores[part];
    const next = this.#inForce(part);
    // What was read again is the same more often than not; who follows it need not hear.
    if (JSON.stringify(next) !== JSON.stringify(store.get())) store.set(next);
  }

  #inForce<Part extends PreferencePart>(part: Part): PreferenceValues[Part] {
    const unsaved = this.#unsaved[part];
    const own = unsaved === undefined ? this.#own[part] : unsaved;
    return own ?? this.#defaults[part] ?? BUILT_IN[part];
  }
}

function createStores(): Stores {
  const { homeWide, homeNarrow, favourites, order, layouts, workspaces, appearance } = BUILT_IN;
  return {
    homeWide: new Store(homeWide),
    homeNarrow: new Store(homeNarrow),
    favourites: new Store(favourites),
    order: new Store(order),
    layouts: new Store(layouts),
    workspaces: new Store(workspaces),
    appearance: new Store(appearance),
  };
}
