import { type TerminalList, type TerminalRecording, terminalRecordings } from '@porthole/protocol';
import { checked } from '../../base/api.ts';
import type { Connection } from '../../base/connection.ts';
import { type Readable, Store } from '../../base/store.ts';
import { firstSession } from './firstSession.ts';
import { keepWorkspace, readWorkspace } from './keptWorkspace.ts';
import { ListWatch } from './listWatch.ts';
import type { Direction, Side } from './paneTree.ts';
import { panesOf } from './paneTree.ts';
import type { ScreenLook } from './screen/xtermScreen.ts';
import { askTerminal, type TerminalLink } from './terminalLink.ts';
import { type PaneOwner, TerminalPane } from './terminalPane.ts';
import type { SessionTarget } from './terminalSession.ts';
import {
  activeTab,
  addSplit,
  addTab,
  allPanes,
  focusBeside,
  focusPane,
  moveBorder,
  nameSession,
  paneOf,
  removePane,
  showTab,
  type WorkspaceState,
  withoutSession,
} from './workspaceState.ts';

/** What a new session begins with. */
export type NewSession = Omit<Extract<SessionTarget, { kind: 'new' }>, 'kind'>;

interface WorkspaceOptions {
  connection: Connection;
  deviceId: string;
  /** May begin sessions and type into them; otherwise only watch. */
  types: boolean;
  /** Whether programs may fill the clipboard. */
  mayCopy(): boolean;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  nonce: string;
  label: string;
  fontFamily: string;
  look: ScreenLook;
  /** The person wants the keyboard back. */
  left(): void;
  /** The person wants a pane closed, which may need a question. */
  closing(pane: string): void;
}

/** What to begin with, by the address of the page. */
export interface Wanted {
  session?: string | undefined;
  folder?: string | undefined;
}

/** The terminals of one device in this page: tabs, panes in them, and the list of what runs. */
export class TerminalWorkspace {
  readonly state: Readable<WorkspaceState>;
  readonly list: ListWatch;
  readonly types: boolean;
  /** Tabs in which something rang while nobody saw them. */
  readonly rings: Readable<ReadonlySet<string>>;
  readonly #rings = new Store<ReadonlySet<string>>(new Set());
  readonly #state: Store<WorkspaceState>;
  readonly #options: WorkspaceOptions;
  readonly #link: TerminalLink;
  readonly #panes = new Map<string, TerminalPane>();
  readonly #targets = new Map<string, SessionTarget>();
  #look: ScreenLook;
  #settled = false;
  #closed = false;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.#look = options.look;
    this.types = options.types;
    const { api, link } = options.connection;
    this.#link = { deviceId: options.deviceId, api, link };
    this.#state = new Store(readWorkspace(options.storage, options.deviceId));
    this.state = this.#state;
    this.rings = this.#rings;
    this.list = new ListWatch(this.#link);
  }

  /** Shows what an address says. To be called once the list is known, and for each further address. */
  go(wanted: Wanted, user: string): void {
    const { list } = this.list.state.get();
    if (!list || this.#closed) return;
    const isFirst = !this.#settled;
    if (isFirst) this.#dropGone(list);
    if (wanted.session !== undefined && list.sessions.some(({ id }) => id === wanted.session))
      this.show(wanted.session);
    if (wanted.folder !== undefined && this.types) this.begin({ folder: wanted.folder });
    if (!isFirst || this.#state.get().tabs.length > 0) return;
    const first = firstSession(list.sessions, user, this.types);
    if (first !== undefined) this.show(first);
    else if (this.types) this.begin({});
  }

  /** The pane that has the keyboard, or would have it. */
  get focusedPane(): TerminalPane | undefined {
    const tab = activeTab(this.#state.get());
    return tab && this.#panes.get(tab.focused);
  }

  /** Begins a session in a tab of its own, or beside the focused pane. */
  begin(asked: NewSession, place: 'tab' | Direction = 'tab'): void {
    const pane = crypto.randomUUID();
    this.#targets.set(pane, { kind: 'new', ...asked });
    const state = this.#state.get();
    this.#set(place === 'tab' ? addTab(state, pane) : addSplit(state, pane, place));
  }

  /** Begins a new session in the place of one that is over. */
  replace(pane: string, asked: NewSession): void {
    this.#panes.get(pane)?.close();
    this.#panes.delete(pane);
    this.#targets.set(pane, { kind: 'new', ...asked });
    this.#set(withoutSession(this.#state.get(), pane));
  }

  /** Shows a session of the device: where it is shown already, or in a tab of its own. */
  show(session: string): void {
    const known = paneOf(this.#state.get(), session);
    if (known !== undefined) return this.focus(known);
    const pane = crypto.randomUUID();
    this.#set(nameSession(addTab(this.#state.get(), pane), pane, session));
  }

  /** The pane of that name, if it was shown before. */
  known(id: string): TerminalPane | undefined {
    return this.#panes.get(id);
  }

  /** The pane of that name, connected. */
  pane(id: string): TerminalPane {
    const known = this.#panes.get(id);
    if (known) return known;
    const session = this.#state.get().sessions[id];
    const target = session === undefined ? this.#targets.get(id) : { kind: 'existing' as const, session };
    const pane = this.#make(id, target ?? { kind: 'new' });
    this.#panes.set(id, pane);
    pane.state.subscribe(() => this.#noteRings());
    pane.session.state.subscribe(() => {
      const begun = pane.session.id;
      if (begun !== undefined && this.#panes.get(id) === pane) this.#set(nameSession(this.#state.get(), id, begun));
    });
    return pane;
  }

  /** A new session beside the focused pane, where that one is. */
  splitFocused(direction: Direction): void {
    const tab = activeTab(this.#state.get());
    if (tab) this.#split(tab.focused, direction);
  }

  focus(pane: string): void {
    this.#set(focusPane(this.#state.get(), pane));
  }

  showTab(tab: string): void {
    this.#set(showTab(this.#state.get(), tab));
  }

  moveBorder(path: readonly Side[], share: number): void {
    this.#set(moveBorder(this.#state.get(), path, share));
  }

  /** Takes a pane away; its session runs on. */
  detach(pane: string): void {
    this.#panes.get(pane)?.close();
    this.#panes.delete(pane);
    this.#targets.delete(pane);
    this.#set(removePane(this.#state.get(), pane));
  }

  /** Ends the session of a pane with everything in it, and takes the pane away. Rejects with the refusal. */
  async end(pane: string): Promise<void> {
    const session = this.#panes.get(pane)?.session;
    const isOver = session?.state.get().at.phase === 'ended' || session?.state.get().at.phase === 'refused';
    if (session?.id !== undefined && !isOver) await askTerminal(this.#link, 'end', { session: session.id });
    this.detach(pane);
  }

  /** Rejects with the refusal. */
  async rename(session: string, name: string): Promise<void> {
    await askTerminal(this.#link, 'rename', { session, name });
  }

  /** The recordings of the device, the newest first. Rejects with the refusal. */
  async recordings(): Promise<TerminalRecording[]> {
    return checked(terminalRecordings, await askTerminal(this.#link, 'recordings', {})).recordings;
  }

  /** The bytes of a recording as they come. Rejects with the refusal. */
  async replay(recording: string, output: (bytes: Uint8Array) => void, signal: AbortSignal): Promise<void> {
    await askTerminal(this.#link, 'replay', { recording }, { output, signal });
  }

  /** The connection or the device is back. */
  retry(): void {
    this.list.retry();
    for (const pane of this.#panes.values()) pane.session.retry();
  }

  setLook(look: ScreenLook): void {
    this.#look = look;
    for (const pane of this.#panes.values()) pane.setLook(look);
  }

  /** Stops looking; all sessions run on. Idempotent. */
  close(): void {
    this.#closed = true;
    this.list.close();
    for (const pane of this.#panes.values()) pane.close();
    this.#panes.clear();
  }

  /** Only now is known which of the kept tabs are still there. */
  #dropGone({ sessions: running }: TerminalList): void {
    this.#settled = true;
    const ids = new Set(running.map(({ id }) => id));
    const { sessions } = this.#state.get();
    const gone = allPanes(this.#state.get()).filter((pane) => !ids.has(sessions[pane] ?? ''));
    this.#set(gone.reduce(removePane, this.#state.get()));
  }

  #make(id: string, target: SessionTarget): TerminalPane {
    const { nonce, label, fontFamily } = this.#options;
    const look = this.#look;
    return new TerminalPane({
      link: this.#link,
      target,
      types: this.types,
      nonce,
      label,
      fontFamily,
      look,
      owner: this.#ownerOf(id),
    });
  }

  #ownerOf(id: string): PaneOwner {
    return {
      focused: () => this.focus(id),
      mayCopy: this.#options.mayCopy,
      isSplit: () => {
        const tab = activeTab(this.#state.get());
        return tab !== undefined && panesOf(tab.root).length > 1;
      },
      action: (action) => {
        switch (action) {
          case 'leave':
            return this.#options.left();
          case 'splitRight':
            return this.#split(id, 'row');
          case 'splitDown':
            return this.#split(id, 'column');
          case 'closePane':
            return this.#options.closing(id);
          case 'focusLeft':
          case 'focusRight':
            return this.#focusBeside('row', action === 'focusRight' ? 1 : -1);
          case 'focusUp':
          case 'focusDown':
            return this.#focusBeside('column', action === 'focusDown' ? 1 : -1);
        }
      },
    };
  }

  #noteRings(): void {
    const { tabs } = this.#state.get();
    const rang = (pane: string) => this.#panes.get(pane)?.state.get().rang === true;
    const ringing = tabs.filter((tab) => panesOf(tab.root).some(rang)).map(({ id }) => id);
    const before = this.#rings.get();
    if (ringing.length !== before.size || ringing.some((id) => !before.has(id))) this.#rings.set(new Set(ringing));
  }

  /** A new session beside one, where that one is. */
  #split(pane: string, direction: Direction): void {
    if (!this.types) return;
    const info = this.#panes.get(pane)?.session.state.get().info;
    this.begin({ folder: info?.folder, shell: info?.shell }, direction);
  }

  #focusBeside(direction: Direction, by: 1 | -1): void {
    this.#set(focusBeside(this.#state.get(), direction, by));
    this.focusedPane?.screen.focus();
  }

  #set(state: WorkspaceState): void {
    if (this.#closed || state === this.#state.get()) return;
    this.#state.set(state);
    keepWorkspace(this.#options.storage, this.#options.deviceId, state);
  }
}
