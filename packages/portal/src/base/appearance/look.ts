import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import type { Appearance } from '@porthole/protocol';
import { type Readable, Store } from '../store.ts';
import { type AppearanceStorage, keepAppearance, keptAppearance } from './keptAppearance.ts';

interface LookOptions {
  storage: AppearanceStorage;
  /** The page's root element; what it carries is what the style sheets go by. */
  root: Pick<HTMLElement, 'setAttribute'>;
}

/** How this page looks: from the first moment as it looked last in this browser. Lives as long as the page. */
export class Look {
  readonly #storage: AppearanceStorage;
  readonly #root: LookOptions['root'];
  readonly #current: Store<Appearance>;

  constructor({ storage, root }: LookOptions) {
    this.#storage = storage;
    this.#root = root;
    this.#current = new Store(keptAppearance(storage));
    this.#apply();
  }

  get current(): Readable<Appearance> {
    return this.#current;
  }

  /** Looks so from now on, here and when the page is opened again; false when the browser keeps nothing. */
  show(appearance: Appearance): boolean {
    this.#current.set(appearance);
    this.#apply();
    return keepAppearance(this.#storage, appearance);
  }

  /** Lets Mantine follow the colour scheme; it never decides. */
  get schemeManager(): MantineColorSchemeManager {
    let stop: (() => void) | undefined;
    return {
      get: () => mantineScheme(this.#current.get()),
      set: () => undefined,
      subscribe: (update) => {
        stop = this.#current.subscribe(() => update(mantineScheme(this.#current.get())));
      },
      unsubscribe: () => stop?.(),
      clear: () => undefined,
    };
  }

  #apply(): void {
    const { accent, density, motion } = this.#current.get();
    this.#root.setAttribute('data-accent', accent);
    this.#root.setAttribute('data-density', density);
    this.#root.setAttribute('data-motion', motion);
  }
}

function mantineScheme({ scheme }: Appearance): MantineColorScheme {
  return scheme === 'system' ? 'auto' : scheme;
}
