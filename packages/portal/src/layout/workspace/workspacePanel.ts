import { navigate } from 'wouter/use-browser-location';
import type { PanelAddress, PanelPlace } from '../../base/panelContext.ts';
import { Store } from '../../base/store.ts';
import { type PanelRef, panelUrl } from './panels.ts';

/** What the portal keeps in the browser's history with each address of a panel. */
interface HistoryState {
  /** The device in whose workspace the panel is. */
  workspace: string;
  panel: unknown;
}

/** A panel of a workspace, as what is in it sees it. */
export class WorkspacePanel implements PanelPlace {
  readonly ref: PanelRef;
  readonly address: Store<PanelAddress>;
  readonly shown = new Store(false);
  readonly active = new Store(false);
  readonly #workspace: string;

  /** `workspace` is the device in whose workspace it is. */
  constructor(ref: PanelRef, workspace: string) {
    this.ref = ref;
    this.#workspace = workspace;
    this.address = new Store<PanelAddress>({ pathname: panelUrl(ref), search: '', state: null });
  }

  readonly navigate: PanelPlace['navigate'] = (url, { replace = false, state = null } = {}) => {
    const { pathname, search } = new URL(url, location.origin);
    this.address.set({ pathname, search, state });
    if (this.active.get() && this.shown.get()) this.mirror(replace);
  };

  /** Makes the panel's address that of the page. */
  mirror(replace: boolean): void {
    const { pathname, search, state } = this.address.get();
    const kept = readHistoryState(window.history.state);
    const isSame = pathname === location.pathname && search === location.search;
    if (isSame && kept.workspace === this.#workspace && kept.panel === state) return;
    const next: HistoryState = { workspace: this.#workspace, panel: state };
    navigate(pathname + search, { replace: replace || isSame, state: next });
  }
}

/** What the portal put into the browser's history; whatever else is there says nothing. */
export function readHistoryState(state: unknown): { workspace: string | undefined; panel: unknown } {
  const fields: Partial<Record<keyof HistoryState, unknown>> = typeof state === 'object' && state !== null ? state : {};
  return {
    workspace: typeof fields.workspace === 'string' ? fields.workspace : undefined,
    panel: fields.panel ?? null,
  };
}
