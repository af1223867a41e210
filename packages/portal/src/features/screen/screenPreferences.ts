import type { ScreenSettings } from '@porthole/protocol';
import { Store } from '../../base/store.ts';
import { type OwnSettings, withoutEqual } from './screenSettings.ts';

export interface PreferencesOptions {
  /** What the device has for everybody. */
  defaults: ScreenSettings;
  /** What this person chose before. */
  own: OwnSettings;
  /** Remembers what they choose from now on. */
  save(own: OwnSettings): void;
}

/** How a person wants one screen: field by field their own choice, and where they made none, what the device has for everybody. */
export class ScreenPreferences {
  /** What is in force. */
  readonly settings: Store<ScreenSettings>;
  readonly own: Store<OwnSettings>;
  readonly defaults: Store<ScreenSettings>;
  readonly #save: (own: OwnSettings) => void;
  #yielding: ScreenSettings | undefined;

  constructor({ defaults, own, save }: PreferencesOptions) {
    this.settings = new Store({ ...defaults, ...own });
    this.own = new Store(own);
    this.defaults = new Store(defaults);
    this.#save = save;
  }

  choose(part: OwnSettings): void {
    this.#setOwn({ ...this.own.get(), ...part });
  }

  /** Back to what the device has for everybody. */
  reset(name: keyof ScreenSettings): void {
    const { [name]: _, ...rest } = this.own.get();
    this.#setOwn(rest);
  }

  /** The device has these for everybody now. */
  setDefaults(defaults: ScreenSettings): void {
    this.defaults.patch(defaults);
    this.#settle();
    this.#apply();
  }

  /**
   * The hub took these as what the device has for everybody: as soon as it says so itself, own choices that are the same
   * give way. Not before, or the picture would change there and back.
   */
  yieldTo(saved: ScreenSettings): void {
    this.#yielding = saved;
    this.#settle();
  }

  #settle(): void {
    const saved = this.#yielding;
    if (!saved || Object.keys(withoutEqual(this.defaults.get(), saved)).length > 0) return;
    this.#yielding = undefined;
    this.#setOwn(withoutEqual(this.own.get(), saved));
  }

  #setOwn(own: OwnSettings): void {
    this.own.set(own);
    this.#save(own);
    this.#apply();
  }

  #apply(): void {
    this.settings.patch({ ...this.defaults.get(), ...this.own.get() });
  }
}
