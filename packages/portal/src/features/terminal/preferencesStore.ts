import { Store } from '../../base/store.ts';
import { keepPreferences, readPreferences, type TerminalPreferences } from './terminalPreferences.ts';

let store: Store<TerminalPreferences> | undefined;

/** The preferences of this browser, shared by all terminals of the page. */
export function preferencesStore(): Store<TerminalPreferences> {
  store ??= new Store(readPreferences(localStorage));
  return store;
}

/** Changes some of them, for all terminals of the page and for later. */
export function prefer(part: Partial<TerminalPreferences>): void {
  preferencesStore().patch(part);
  keepPreferences(localStorage, preferencesStore().get());
}
