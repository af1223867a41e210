import type { Connection } from '../../base/connection.ts';
import { visibleText } from '../../base/format.ts';
import type { PanelAddress } from '../../base/panelContext.ts';
import { type Readable, Store } from '../../base/store.ts';
import { texts } from '../../base/texts.ts';
import { KeptLayout } from './keptLayout.ts';
import { type PanelRef, readPanelUrl } from './panels.ts';
import { Workspace } from './workspace.ts';
import { readHistoryState } from './workspacePanel.ts';

/** How many devices stay as they were left; the one that was looked at longest ago is let go for another. */
export const MOST_WARM = 6;

export interface WarmState {
  /** In the order in which they were opened. */
  warm: readonly Workspace[];
  /** The one on the page; undefined on pages that are no device's. */
  shown: Workspace | undefined;
}

/** The workspaces of this page: the one that is shown, and those that wait to be shown again. */
export class Workspaces {
  readonly state: Readable<WarmState>;
  readonly #state = new Store<WarmState>({ warm: [], shown: undefined });
  readonly #make: (home: string) => Workspace;
  /** Homes, the one that was shown last at the end. */
  #recent: readonly string[] = [];

  constructor(make: (home: string) => Workspace) {
    this.#make = make;
    this.state = this.#state;
  }

  /** Shows what an address of the page speaks of; nothing for other pages. */
  follow({ pathname, search, state }: PanelAddress): void {
    const ref = readPanelUrl(pathname);
    if (!ref) return this.#show(undefined);
    const kept = readHistoryState(state);
    const workspace = this.#of(kept.workspace ?? ref.device);
    this.#show(workspace);
    workspace.go(ref, { pathname, search, state: kept.panel });
  }

  /** Lets go of a workspace: what was open in it is closed. */
  close(home: string): void {
    const { warm, shown } = this.#state.get();
    this.#recent = this.#recent.filter((each) => each !== home);
    this.#state.set({
      warm: warm.filter((each) => each.home !== home),
      shown: shown?.home === home ? undefined : shown,
    });
  }

  #of(home: string): Workspace {
    return this.#state.get().warm.find((each) => each.home === home) ?? this.#make(home);
  }

  #show(next: Workspace | undefined): void {
    const { warm, shown } = this.#state.get();
    if (next === shown) return;
    shown?.setShown(false);
    next?.setShown(true);
    if (next) this.#recent = [...this.#recent.filter((home) => home !== next.home), next.home].slice(-MOST_WARM);
    const all = next && !warm.includes(next) ? [...warm, next] : warm;
    this.#state.set({ warm: all.filter(({ home }) => this.#recent.includes(home)), shown: next });
  }
}

const all = new WeakMap<Connection, Workspaces>();

/** The workspaces of a signed-in session. */
export function workspacesOf(connection: Connection): Workspaces {
  const known = all.get(connection) ?? new Workspaces((home) => makeWorkspace(connection, home));
  all.set(connection, known);
  return known;
}

function makeWorkspace(connection: Connection, home: string): Workspace {
  const { devices } = connection;
  const titleOf = ({ device, kind }: PanelRef) => {
    const name = devices.device(device).get()?.name ?? '';
    return device === home ? texts.workspace.kinds[kind] : `${texts.workspace.kinds[kind]} · ${visibleText(name)}`;
  };
  const kept = new KeptLayout(connection, home);
  return new Workspace({
    home,
    exists: (device) => devices.device(device).get() !== undefined,
    titleOf,
    kept: () => kept.read(),
    keep: (text) => kept.keep(text),
  });
}
