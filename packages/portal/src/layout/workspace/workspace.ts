import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import type { PanelAddress } from '../../base/panelContext.ts';
import { type Readable, Store } from '../../base/store.ts';
import { fromDock, toDock } from './dockForm.ts';
import {
  type DropPosition,
  dropOptions,
  isArranged,
  moveBack,
  movePanel,
  placeOptions,
  toOtherPlace,
} from './dockMoves.ts';
import { type PanelRef, panelId, readPanelId } from './panels.ts';
import { flatLayout, panelsOf, readLayout, soleLayout, type WorkspaceLayout, writeLayout } from './workspaceLayout.ts';
import { WorkspacePanel } from './workspacePanel.ts';
import {
  idOf,
  type MoveDirection,
  NOTHING,
  sameRefs,
  type WorkspaceOptions,
  type WorkspaceState,
} from './workspaceState.ts';

/** The panels of one device's page, and how they are arranged: one instance for as long as they stay warm. */
export class Workspace {
  readonly home: string;
  readonly state: Readable<WorkspaceState>;
  /** What is asked about its layouts at the moment. */
  readonly dialog = new Store<'save' | 'manage' | undefined>(undefined);
  readonly #state = new Store(NOTHING);
  readonly #options: WorkspaceOptions;
  readonly #panels = new Map<string, WorkspacePanel>();
  #api: DockviewApi | undefined;
  #asked: { ref: PanelRef; address: PanelAddress } | undefined;
  /** What was asked for before the dock was there. */
  #early: PanelRef[] = [];
  #isShown = false;
  #isNarrow = false;
  /** Its own doing: what the dock says meanwhile is no wish of a person. */
  #isBusy = false;
  #isLoaded = false;
  #isWaiting = false;
  /** An arrangement that was asked for before what was kept is there. */
  #wish: (() => void) | undefined;
  #kept: string | undefined;
  /** What to go back to when there is room again. */
  #wide: WorkspaceLayout | undefined;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.home = options.home;
    this.state = this.#state;
  }

  /** The panel of that name, made when it is first asked for. */
  panel(ref: PanelRef): WorkspacePanel {
    const id = panelId(ref);
    const known = this.#panels.get(id) ?? new WorkspacePanel(ref, this.home);
    this.#panels.set(id, known);
    return known;
  }

  /** The dock is there: shows what was asked for, then what was kept around it. Returns how to let go of it. */
  connect(api: DockviewApi): () => void {
    this.#api = api;
    // The dock tells of every step of a change; what counts is how it ends.
    const changed = () => this.#changedSoon();
    const ends = [
      api.onDidLayoutChange(changed),
      api.onDidActivePanelChange(changed),
      api.onDidMaximizedGroupChange(changed),
      api.onDidRemovePanel((panel) => this.#removed(panel)),
    ];
    this.#quietly(() => {
      for (const ref of this.#early) this.#activate(ref);
      this.#show();
    });
    this.#early = [];
    void this.#restore();
    return () => {
      for (const end of ends) end.dispose();
      this.#api = undefined;
    };
  }

  /** The page's address speaks of a panel. */
  go(ref: PanelRef, address: PanelAddress): void {
    this.#asked = { ref, address };
    if (!this.#api) this.#early.push(ref);
    this.#quietly(() => this.#show());
  }

  /** Whether the page shows this workspace. */
  setShown(shown: boolean): void {
    this.#isShown = shown;
    this.#refresh();
  }

  /** Whether there is room for one panel at a time only. */
  setNarrow(narrow: boolean): void {
    if (narrow === this.#isNarrow) return;
    this.#isNarrow = narrow;
    if (!this.#isLoaded) return;
    if (narrow) {
      this.#wide = this.layout();
      if (this.#wide) this.#apply(flatLayout(this.#wide));
    } else if (this.#wide) {
      this.#apply(this.#wide);
      this.#quietly(() => this.#show());
    }
  }

  /** Opens a panel, or brings it to the front; in a place of its own when a direction is given. */
  open(ref: PanelRef, direction?: MoveDirection): void {
    this.#asked = { ref, address: this.panel(ref).address.get() };
    // The dock is still on its way: it begins with what the address says.
    if (!this.#api) return this.panel(ref).mirror(false);
    this.#quietly(() => this.#activate(ref, this.#isNarrow ? undefined : direction));
    this.#mirrorFront();
    if (this.#isLoaded) this.#keep();
  }

  /** Opens a panel, or brings it to the front, at an address of its own. */
  openAt(ref: PanelRef, url: string): void {
    const { pathname, search } = new URL(url, location.origin);
    this.panel(ref).address.set({ pathname, search, state: null });
    this.open(ref);
  }

  /** Opens or moves a panel to where it was dropped: `group` is the place, or the edge of all without one. */
  drop(ref: PanelRef, group: string | undefined, position: DropPosition): void {
    const api = this.#api;
    if (!api) return;
    const target = api.groups.find(({ id }) => id === group);
    const known = api.getPanel(panelId(ref));
    this.#quietly(() => {
      if (!known) this.#add(api, ref, dropOptions(target, position));
      else if (!target) moveBack(api, known, position === 'center' ? 'right' : position);
      else if (position !== 'center' || known.group !== target) known.api.moveTo({ group: target, position });
      api.getPanel(panelId(ref))?.api.setActive();
    });
    this.#settle();
  }

  move(ref: PanelRef, direction: MoveDirection): void {
    const panel = this.#api?.getPanel(panelId(ref));
    if (this.#api && panel) movePanel(this.#api, panel, direction);
  }

  /** Makes it a tab of another place. */
  join(ref: PanelRef): void {
    const panel = this.#api?.getPanel(panelId(ref));
    if (this.#api && panel) toOtherPlace(this.#api, panel);
  }

  /** Lifts a panel above the others, or puts it back. */
  float(ref: PanelRef): void {
    const api = this.#api;
    const panel = api?.getPanel(panelId(ref));
    if (!api || !panel) return;
    if (panel.api.location.type === 'floating') return moveBack(api, panel, 'right');
    const [width, height] = [Math.round(api.width * 0.6), Math.round(api.height * 0.6)];
    const position = { left: Math.round(api.width * 0.2), top: Math.round(api.height * 0.2) };
    api.addFloatingGroup(panel, { width, height, position });
    panel.api.setActive();
  }

  maximise(ref: PanelRef): void {
    const panel = this.#api?.getPanel(panelId(ref));
    if (!panel) return;
    if (panel.api.isMaximized()) panel.api.exitMaximized();
    else panel.api.maximize();
  }

  /** Takes a panel away, unless it is the last one. */
  closePanel(ref: PanelRef): void {
    const panel = this.#api?.getPanel(panelId(ref));
    if (panel && (this.#api?.panels.length ?? 0) > 1) panel.api.close();
  }

  /** Takes all panels of a device away, unless there are no others. */
  closeDevice(device: string): void {
    for (const ref of this.#state.get().panels) if (ref.device === device) this.closePanel(ref);
  }

  /** How it is arranged now; undefined while nothing is there. */
  layout(): WorkspaceLayout | undefined {
    return this.#api && this.#api.panels.length > 0 ? fromDock(this.#api.toJSON(), this.#front()) : undefined;
  }

  /** As text to be saved, as it is where there is room. */
  write(): string {
    const layout = (this.#isNarrow ? this.#wide : this.layout()) ?? soleLayout({ device: this.home, kind: 'screen' });
    return writeLayout(layout, this.home);
  }

  /** Arranges it as a saved text says, as far as that can be done; says in the state what was lost. */
  apply(text: string): void {
    if (!this.#isLoaded) return this.#wishFor(() => this.apply(text));
    this.#open(text);
    this.#mirrorFront();
    this.#keep();
  }

  /** Back to the screen alone. */
  reset(): void {
    if (!this.#isLoaded) return this.#wishFor(() => this.reset());
    this.#applyWhereThereIsRoom(soleLayout({ device: this.home, kind: 'screen' }));
    this.#mirrorFront();
    this.#keep();
  }

  dismissLost(): void {
    this.#state.patch({ lost: 0 });
  }

  #wishFor(act: () => void): void {
    this.#wish = act;
  }

  #applyWhereThereIsRoom(layout: WorkspaceLayout): void {
    if (this.#isNarrow) this.#wide = layout;
    this.#apply(this.#isNarrow ? flatLayout(layout) : layout);
  }

  /** A person went there: one step in the browser's history. */
  #mirrorFront(): void {
    const front = this.#front();
    if (front && this.#isShown) this.panel(front).mirror(false);
  }

  #front(): PanelRef | undefined {
    const id = this.#api?.activePanel?.id;
    return id === undefined ? undefined : readPanelId(id);
  }

  async #restore(): Promise<void> {
    const text = await this.#options.kept();
    if (!this.#api || this.#isLoaded) return;
    if (text !== undefined) this.#open(text);
    this.#quietly(() => this.#show());
    this.#kept = this.#text();
    this.#isLoaded = true;
    this.#wish?.();
    this.#wish = undefined;
  }

  #open(text: string): void {
    const { layout, lost } = readLayout(text, this.#options);
    if (layout) this.#applyWhereThereIsRoom(layout);
    this.#state.patch({ lost: layout ? lost : -1 });
  }

  /** Shows what the page's address asked for last. */
  #show(): void {
    if (!this.#asked || !this.#api) return;
    const { ref, address } = this.#asked;
    this.panel(ref).address.set(address);
    this.#activate(ref);
  }

  #activate(ref: PanelRef, direction?: MoveDirection): void {
    const api = this.#api;
    if (!api) return;
    const known = api.getPanel(panelId(ref));
    if (known) known.api.setActive();
    else this.#add(api, ref, placeOptions(api, direction));
    if (known && api.hasMaximizedGroup() && !known.api.isMaximized()) api.exitMaximizedGroup();
  }

  #add(api: DockviewApi, ref: PanelRef, place: ReturnType<typeof placeOptions>): IDockviewPanel {
    const title = this.#options.titleOf(ref);
    if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
    return api.addPanel({
      id: panelId(ref),
      component: 'panel',
      title,
      renderer: 'always',
      params: { ...ref },
      ...place,
    });
  }

  #apply(layout: WorkspaceLayout): void {
    this.#quietly(() => {
      this.#api?.fromJSON(toDock(layout, this.#options.titleOf), { reuseExistingPanels: true });
      if (layout.front) this.#api?.getPanel(panelId(layout.front))?.api.setActive();
    });
  }

  #removed(panel: IDockviewPanel): void {
    // What is only put elsewhere is added again at once.
    queueMicrotask(() => {
      if (this.#api && !this.#api.getPanel(panel.id)) this.#panels.delete(panel.id);
    });
  }

  /** Without taking what the dock says meanwhile for a person's wish. */
  #quietly(act: () => void): void {
    const before = this.#isBusy;
    this.#isBusy = true;
    try {
      act();
    } finally {
      this.#isBusy = before;
    }
    this.#refresh();
  }

  #changedSoon(): void {
    if (this.#isBusy || this.#isWaiting) return;
    this.#isWaiting = true;
    queueMicrotask(() => {
      this.#isWaiting = false;
      this.#refresh();
      this.#settle();
    });
  }

  /** A person arranged something: the address follows, and it is kept. */
  #settle(): void {
    if (!this.#isLoaded) return;
    const front = this.#front();
    if (front && this.#isShown) this.panel(front).mirror(true);
    this.#keep();
  }

  #refresh(): void {
    const api = this.#api;
    if (!api) return;
    const front = this.#front();
    const panels = api.panels.flatMap(({ id }) => readPanelId(id) ?? []);
    const arranged = isArranged(api);
    for (const group of api.groups) {
      const hidden = !arranged && group.api.location.type === 'grid';
      if (group.header.hidden !== hidden) group.header.hidden = hidden;
    }
    for (const panel of api.panels) this.#place(panel, front);
    this.#state.patch({
      panels: sameRefs(this.#state.get().panels, panels),
      front: front && panelId(front) === idOf(this.#state.get().front) ? this.#state.get().front : front,
      arranged,
      maximised: api.hasMaximizedGroup(),
      floating: api.activeGroup?.api.location.type === 'floating',
    });
  }

  #place(panel: IDockviewPanel, front: PanelRef | undefined): void {
    const ref = readPanelId(panel.id);
    if (!ref) return;
    const place = this.panel(ref);
    const isOnTop = panel.group.activePanel?.id === panel.id && panel.group.api.isVisible;
    place.active.set(this.#isShown && idOf(front) === panel.id);
    place.shown.set(this.#isShown && isOnTop);
  }

  #keep(): void {
    if (this.#isNarrow || !this.#api || this.#api.panels.length === 0) return;
    const text = this.#text();
    if (text === this.#kept) return;
    this.#kept = text;
    this.#options.keep(text);
  }

  /** What is worth keeping: nothing of panels of one device in one place, which the header opens as well. */
  #text(): string | undefined {
    const layout = this.#isNarrow ? this.#wide : this.layout();
    if (!layout || !this.#api) return undefined;
    const isPlain = !isArranged(this.#api) && panelsOf(layout).every(({ device }) => device === this.home);
    return isPlain ? undefined : writeLayout({ ...layout, front: undefined }, this.home);
  }
}
