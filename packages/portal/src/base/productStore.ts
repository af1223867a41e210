import type { Product } from '@porthole/protocol';
import { type Readable, Store } from './store.ts';

const AS_SHIPPED: Product = { title: null, logo: null };

/** How the admins of this hub named and marked the portal; as shipped until the hub has told. */
export class ProductStore {
  readonly #state = new Store<Product>(AS_SHIPPED);
  #changes = 0;

  get state(): Readable<Product> {
    return this.#state;
  }

  /** Asks once with `ask`; what the hub told meanwhile is newer. Never rejects. */
  async read(ask: () => Promise<Product>): Promise<void> {
    const before = this.#changes;
    const answer = await ask().catch(() => undefined);
    if (answer && before === this.#changes) this.set(answer);
  }

  set({ title, logo }: Product): void {
    this.#changes += 1;
    this.#state.set({ title, logo });
  }
}
