import type { Alert, MessageOf, toPortal } from '@porthole/protocol';
import { type Readable, Store } from './store.ts';

/** What is on, as the hub tells it, and who wants to know of new ones. */
export class AlertsStore {
  /** The latest first; undefined until the hub has told. */
  readonly on: Readable<readonly Alert[] | undefined>;
  readonly #on = new Store<readonly Alert[] | undefined>(undefined);
  readonly #listeners = new Set<(alerts: readonly Alert[]) => void>();
  /** All that this page has heard of, so that a reconnect tells none of them again. */
  #known = new Set<string>();

  constructor() {
    this.on = this.#on;
  }

  /** Hears of what is raised while the page is open: neither of what was on before, nor twice of the same. */
  onRaised(listener: (alerts: readonly Alert[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes in one message of the hub; others than those about alerts are ignored. */
  apply(message: MessageOf<typeof toPortal>): void {
    if (message.type !== 'alerts') return;
    const isFirst = this.#on.get() === undefined;
    const raised = message.alerts.filter(({ id }) => !this.#known.has(id));
    // What is over is forgotten with it: the same alert never comes back.
    this.#known = new Set(message.alerts.map(({ id }) => id));
    this.#on.set(message.alerts);
    if (isFirst || raised.length === 0) return;
    for (const listener of [...this.#listeners]) listener(raised);
  }
}
